/** What the loader of a class is called. */
import type { HistogramRow } from '@heaptrail/api/heap'
import type { TFunction } from 'i18next'
import { splitClassName } from '../../format/class-name.ts'
import { quote } from '../../format/object-text.ts'

export function loaderText(t: TFunction, { loader }: Pick<HistogramRow, 'loader'>): string {
  if (loader === null) return t('object.bootLoader')
  const { simpleName } = splitClassName(loader.className)
  const { label } = loader
  return label.kind === 'class-loader' && label.name !== ''
    ? `${simpleName} ${quote(label.name)}`
    : `${simpleName} ${loader.id}`
}
