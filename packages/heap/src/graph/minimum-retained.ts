/** Minimum retained sizes per class. */
import type { Sizes } from './retained-sizes.ts'
import type { Rows } from './rows.ts'

/**
 * Minimum retained size as Eclipse MAT defines it: the sum over those objects of the class (its class
 * object among them) that have no other object of the class above them in the dominator tree.
 * An object that is both (the class object of java.lang.Class) counts twice, there as here.
 * A walk over the tree that counts, per class, how many of its objects are on the way up. Best done while rows
 * are still ascending: then it walks along the columns.
 *
 * @param standsFor class object's index → number of the class that it stands for
 * @returns per class number, bytes
 */
export function sumMinimumRetained(
  { start, entries }: Rows,
  classOf: Uint16Array | Uint32Array,
  { unit, units }: Sizes,
  standsFor: ReadonlyMap<number, number>,
  classes: number,
): Float64Array {
  const retained = new Float64Array(classes)
  const above = new Uint32Array(classes)
  const hasClassObjects = new Uint8Array(classes)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  const classStoodFor = (index: number) => (hasClassObjects[classOf[index]] === 1 ? (standsFor.get(index) ?? -1) : -1)
  // Three numbers per open vertex: the vertex, the place of its next sibling, the end of their row.
  let stack = new Uint32Array(3 << 10)
  let depth = 0
  let next = start[0]
  let end = start[1]
  for (;;) {
    if (next === end) {
      if (depth === 0) return retained
      end = stack[--depth]
      next = stack[--depth]
      const left = stack[--depth]
      above[classOf[left]]--
      const stood = classStoodFor(left)
      if (stood >= 0) above[stood]--
      continue
    }
    const index = entries[next++]
    const classNumber = classOf[index]
    const bytes = units[index] * unit
    const stood = classStoodFor(index)
    if (above[classNumber] === 0) retained[classNumber] += bytes
    if (stood >= 0 && above[stood] === 0) retained[stood] += bytes
    if (start[index] === start[index + 1]) continue
    above[classNumber]++
    if (stood >= 0) above[stood]++
    if (depth + 3 > stack.length) stack = grown(stack)
    stack[depth++] = index
    stack[depth++] = next
    stack[depth++] = end
    next = start[index]
    end = start[index + 1]
  }
}

function grown(stack: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(stack.length * 2)
  larger.set(stack)
  return larger
}
