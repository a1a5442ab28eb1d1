/** Minimum retained sizes per class. */
import type { Sizes } from './retained-sizes.ts'
import type { Rows } from './rows.ts'

/**
 * Minimum retained size as Eclipse MAT defines it: the sum over those objects of the class (its class
 * object among them) that have no other object of the class above them in the dominator tree.
 * An object that is both (the class object of java.lang.Class) counts twice, there as here.
 * A walk over the tree that counts, per class, how many of its objects are on the way up. Best done while rows
 * are still ascending: then it walks along the columns. Objects of classes none of which dominates anything
 * (arrays of bytes, boxed numbers) are on nobody's way: they are summed by class alone.
 *
 * @param shallow class number → bytes of its reachable objects
 * @param standsFor class object's index → number of the class that it stands for
 * @returns per class number, bytes
 */
export function sumMinimumRetained(
  { start, entries }: Rows,
  classOf: Uint16Array | Uint32Array,
  { unit, units }: Sizes,
  standsFor: ReadonlyMap<number, number>,
  shallow: Float64Array,
): Float64Array {
  const classes = shallow.length
  const above = new Uint32Array(classes)
  const hasClassObjects = new Uint8Array(classes)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  const isLeafClass = leafClasses(start, classOf, standsFor, classes)
  const retained = shallow.map((bytes, number) => (isLeafClass[number] === 1 ? bytes : 0))
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
    if (isLeafClass[classNumber] === 1) continue
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

/** Classes of objects none of which dominates anything, class objects included, be it their own. */
function leafClasses(
  start: Uint32Array,
  classOf: Uint16Array | Uint32Array,
  standsFor: ReadonlyMap<number, number>,
  classes: number,
): Uint8Array {
  const isLeaf = new Uint8Array(classes).fill(1)
  // the last two places of `start` are the end of the last row and what filling needed
  for (let index = 1; index < start.length - 2; index++)
    if (start[index] !== start[index + 1]) isLeaf[classOf[index]] = 0
  for (const [index, number] of standsFor) {
    isLeaf[classOf[index]] = 0
    if (index < start.length - 2 && start[index] !== start[index + 1]) isLeaf[number] = 0
  }
  return isLeaf
}

function grown(stack: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(stack.length * 2)
  larger.set(stack)
  return larger
}
