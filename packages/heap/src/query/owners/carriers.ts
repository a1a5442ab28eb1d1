/** Classes that only carry what somebody else owns: arrays, strings and builders of them, boxes, buffers, collections. */
import { isPlumbing } from '../../suspects/plumbing.ts'
import type { Heap } from '../heap.ts'

const CARRYING_KINDS: ReadonlySet<string | undefined> = new Set(['string', 'string-builder', 'boxed'])
/** Streams and buffers of the JDK around an array. */
const WRAPPERS =
  /^(java\.nio\.(Heap|Direct|Byte|Char|Short|Int|Long|Float|Double)\w*Buffer\w*|java\.io\.(ByteArray|CharArray|String|Buffered)\w+)$/

/** By class number. Class objects are no carriers, whatever this says of their class. */
export function carriersOf(heap: Heap): readonly boolean[] {
  return heap.classes.map(
    ({ name, number }) => isPlumbing(name) || CARRYING_KINDS.has(heap.facts.kindOf(number)) || WRAPPERS.test(name),
  )
}
