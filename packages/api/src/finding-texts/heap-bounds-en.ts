/** English sentences about what keeps a collection from growing without end. */
import type { Bound } from '../heap-findings.ts'
import { count } from './figures.ts'

export function boundText(bound: Bound | null): string {
  switch (bound?.kind) {
    case undefined:
      return ''
    case 'limit':
      return `Its limit is \`${bound.field}\` = ${count(bound.limit)}, and it has ${count(bound.size)}.`
    case 'capacity':
      return `Its capacity is ${count(bound.limit)}, and it has ${count(bound.size)}.`
    case 'measured':
      return `Its limit is \`${bound.field}\` = ${count(bound.limit)}, and \`${bound.measure}\` says that ${count(bound.used)} of that are used.`
    case 'ring':
      return `It is an array of ${count(bound.limit)} places that is used round and round.`
    case 'evicts':
      return bound.byAccess
        ? 'It is a LinkedHashMap ordered by access: caches that drop what was not used for longest are made that way.'
        : 'Its class extends LinkedHashMap: caches that drop their eldest entry are made that way.'
    case 'expires':
      return `Its entries expire: \`${bound.field}\` is set.`
    case 'immutable':
      return 'Its type cannot be changed after it was made.'
  }
}
