/** Minimum retained sizes per class. */
import { ClassPaths, EMPTY_PATH } from './class-paths.ts'
import { type Memory, takeUint16 } from './memory.ts'
import type { Sizes } from './retained-sizes.ts'
import type { Rows } from './rows.ts'

/**
 * Minimum retained size as Eclipse MAT defines it: the sum over those objects of the class (its class
 * object among them) that have no other object of the class above them in the dominator tree.
 * An object that is both (the class object of java.lang.Class) counts twice, there as here.
 * A dominator has a lower index than what it dominates, so one sweep along the columns tells of each object which classes are
 * above it (class-paths.ts); where that are too many, a walk over the tree does. Objects of classes none of which dominates
 * anything (arrays of bytes, boxed numbers) are on nobody's way: they are summed by class alone.
 *
 * @param dominators index → immediate dominator, and its rows of children
 * @param shallow class number → bytes of its reachable objects
 * @param standsFor class object's index → number of the class that it stands for
 * @returns per class number, bytes
 */
export function sumMinimumRetained(
  dominators: Uint32Array,
  rows: Rows,
  classOf: Uint16Array | Uint32Array,
  sizes: Sizes,
  standsFor: ReadonlyMap<number, number>,
  shallow: Float64Array,
  memory: Memory,
): Float64Array {
  const classes = shallow.length
  const hasClassObjects = new Uint8Array(classes)
  for (const index of standsFor.keys()) hasClassObjects[classOf[index]] = 1
  const isLeafClass = leafClasses(rows.start, classOf, standsFor, classes)
  const leaves = shallow.map((bytes, number) => (isLeafClass[number] === 1 ? bytes : 0))
  const input = { classOf, sizes, standsFor, hasClassObjects, isLeafClass, leaves }
  return sumAlongColumns(input, dominators, memory) ?? sumByWalk(input, rows)
}

interface Input {
  readonly classOf: Uint16Array | Uint32Array
  readonly sizes: Sizes
  readonly standsFor: ReadonlyMap<number, number>
  /** class number → 1 when class objects are of this class */
  readonly hasClassObjects: Uint8Array
  /** class number → 1 when none of its objects dominates anything */
  readonly isLeafClass: Uint8Array
  /** class number → bytes of such a class, 0 for others */
  readonly leaves: Float64Array
}

/** @returns undefined when objects have too many different classes above them */
function sumAlongColumns(
  { classOf, sizes: { unit, units }, standsFor, hasClassObjects, isLeafClass, leaves }: Input,
  dominators: Uint32Array,
  memory: Memory,
): Float64Array | undefined {
  const retained = leaves.slice()
  const paths = new ClassPaths(leaves.length)
  const pathOf = takeUint16(memory, dominators.length)
  pathOf[0] = EMPTY_PATH
  for (let index = 1; index < dominators.length && !paths.isExceeded; index++) {
    const classNumber = classOf[index]
    if (isLeafClass[classNumber] === 1) continue
    const above = pathOf[dominators[index]]
    const path = paths.step(above, classNumber)
    if (path !== above) retained[classNumber] += units[index] * unit
    pathOf[index] = path
    if (hasClassObjects[classNumber] === 0) continue
    const stood = standsFor.get(index)
    if (stood === undefined) continue
    if (paths.step(above, stood) !== above) retained[stood] += units[index] * unit
    pathOf[index] = paths.step(path, stood)
  }
  memory.give(pathOf)
  return paths.isExceeded ? undefined : retained
}

/** A walk over the tree that counts, per class, how many of its objects are on the way up. */
function sumByWalk(
  { classOf, sizes: { unit, units }, standsFor, hasClassObjects, isLeafClass, leaves }: Input,
  { start, entries }: Rows,
): Float64Array {
  const above = new Uint32Array(leaves.length)
  const retained = leaves.slice()
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
  const last = start.length - 2
  const children = new Uint32Array(classes)
  for (let index = 1; index < last; index++) children[classOf[index]] |= start[index + 1] - start[index]
  for (let number = 0; number < classes; number++) if (children[number] !== 0) isLeaf[number] = 0
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
