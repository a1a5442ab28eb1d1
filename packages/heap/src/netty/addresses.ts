/** Addresses of connections, as java.net keeps them. */
import type { Heap } from '../query/heap.ts'
import { reading } from '../query/reading.ts'
import { stringText } from '../query/object/text.ts'
import { bytesOfArray, fieldsIn } from './object-fields.ts'

const LONGEST = 300

/** @returns `name:port`, `10.0.0.1:443`, `[::1]:443`, a path; undefined when it is none of these. */
export function addressText(heap: Heap, address: number): string | undefined {
  const own = fieldsIn(heap, address)
  const path = own.reference('socketPath') ?? own.reference('id')
  if (path !== undefined) return textOf(heap, path)
  const holder = own.reference('holder')
  const socket = holder === undefined ? own : fieldsIn(heap, holder)
  const port = socket.number('port')
  const host = socket.reference('hostname')
  const internet = socket.reference('addr')
  const name = (internet === undefined ? undefined : hostText(heap, internet)) ?? (host && textOf(heap, host))
  return name === undefined || port === undefined ? undefined : `${name}:${port}`
}

/** Digits rather than a name: names are looked up late, or never. */
function hostText(heap: Heap, address: number): string | undefined {
  const own = fieldsIn(heap, address)
  const six = own.reference('holder6')
  const bytes = six === undefined ? undefined : fieldsIn(heap, six).reference('ipaddress')
  if (bytes !== undefined) return sixText(bytesOfArray(heap, bytes))
  const holder = own.reference('holder')
  const value = (holder === undefined ? own : fieldsIn(heap, holder)).number('address')
  return value === undefined ? undefined : [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.')
}

function sixText(view: DataView | undefined): string | undefined {
  if (view?.byteLength !== 16) return undefined
  const groups = Array.from({ length: 8 }, (_, group) => view.getUint16(2 * group).toString(16))
  // The longest run of zeros is left out once (RFC 5952).
  const runs = [...groups.join(':').matchAll(/(^|:)0(:0)+(:|$)/g)].toSorted((a, b) => b[0].length - a[0].length)
  const [longest] = runs
  const text = groups.join(':')
  return `[${longest === undefined ? text : `${text.slice(0, longest.index)}::${text.slice(longest.index + longest[0].length)}`}]`
}

function textOf(heap: Heap, string: number): string | undefined {
  return reading(() => stringText(heap, string, LONGEST)?.text, undefined)
}
