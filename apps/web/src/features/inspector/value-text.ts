/** A value of a field or collection in one line. */
import type { FieldValue } from '@heaptrail/api/heap'
import { objectText, quote } from '../../format/object-text.ts'

export function valueText(value: FieldValue): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'primitive':
      return value.text
    case 'dangling':
      return value.id
    case 'reference': {
      const { label } = value.object
      if (label.kind === 'string') return quote(label.text)
      const { prefix, name, detail } = objectText(value.object)
      return [prefix, name, detail].filter((part) => part !== '').join(' ')
    }
  }
}
