/** `["key"]`, `[17]`, `ThreadLocal Context#CURRENT`: how something is held, in the terms of its collection. */
import type { PathReading } from '@heaptrail/api/heap'
import type { TFunction } from 'i18next'
import { objectText, quote } from '../../format/object-text.ts'

export function readingText(t: TFunction, { role, index, key, owner }: PathReading): string {
  switch (role) {
    case 'element':
      return index === null ? t('paths.element') : `[${index}]`
    case 'key':
      return t('paths.key')
    case 'value':
      return key === null ? t('paths.value') : `[${keyText(key)}]`
    case 'thread-local':
      return `ThreadLocal ${owner?.slice(owner.lastIndexOf('.') + 1) ?? key?.id ?? ''}`
  }
}

function keyText(key: NonNullable<PathReading['key']>): string {
  if (key.label.kind === 'string') return quote(key.label.text)
  const { prefix, name, detail } = objectText(key)
  if (key.label.kind === 'value') return detail
  return [prefix, name, key.label.kind === 'plain' ? key.id : detail].filter((word) => word !== '').join(' ')
}
