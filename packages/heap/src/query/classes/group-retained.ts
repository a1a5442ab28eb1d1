/**
 * Minimum retained sizes of groups of classes: the sum over those objects of a group that no other object of the group
 * dominates, as for a class. One pass over all objects in their order, in which a dominator comes before what it
 * dominates: of each object it is kept which groups are on its way up, itself included, as the number of such a set; there
 * are few different ones.
 */
import type { Heap } from '../heap.ts'

const PAGE = 65_536

interface Step {
  /** The set when an object of these groups is added. */
  readonly state: number
  /** Groups that were not on the way up before. */
  readonly added: readonly number[]
}

/**
 * @param groupsOf class number → numbers of the groups that its objects are in
 * @returns bytes by group
 */
export function minimumRetainedOfGroups(
  heap: Heap,
  groupsOf: readonly (readonly number[])[],
  groups: number,
): Float64Array {
  const { snapshot } = heap
  const retained = new Float64Array(groups)
  const total = snapshot.reachableCount + 1
  const stateOf = new Uint32Array(total)
  const next = stepper(groupsOf, heap.classes.length)
  const standsFor = new Map(heap.classes.map((type) => [type.index, type.number]))
  const classes = new Uint32Array(PAGE)
  const dominators = new Int32Array(PAGE)
  const sizes = new Float64Array(PAGE)
  for (let from = 0; from < total; from += PAGE) {
    const count = Math.min(PAGE, total - from)
    snapshot.readClasses(from, classes.subarray(0, count))
    snapshot.readDominators(from, dominators.subarray(0, count))
    snapshot.readRetainedSizes(from, sizes.subarray(0, count))
    // The virtual root is in no group.
    for (let place = from === 0 ? 1 : 0; place < count; place++) {
      const { state, added } = next(stateOf[dominators[place]], classes[place], standsFor.get(from + place) ?? -1)
      stateOf[from + place] = state
      for (const group of added) retained[group] += sizes[place]
    }
  }
  return retained
}

/** @returns the step from a set by an object of a class, which may be a class object that stands for another one */
function stepper(groupsOf: readonly (readonly number[])[], classes: number) {
  const sets: number[][] = [[]]
  const numbers = new Map([['', 0]])
  const steps = new Map<number, Step>()
  function make(from: number, groups: readonly number[]): Step {
    const set = sets[from]
    const added = [...new Set(groups)].filter((group) => !set.includes(group))
    if (added.length === 0) return { state: from, added }
    const all = [...set, ...added].sort((a, b) => a - b)
    const key = all.join()
    const known = numbers.get(key)
    if (known !== undefined) return { state: known, added }
    const state = sets.push(all) - 1
    numbers.set(key, state)
    return { state, added }
  }
  return (from: number, classNumber: number, standsFor: number): Step => {
    if (standsFor >= 0) return make(from, [...groupsOf[classNumber], ...groupsOf[standsFor]])
    const key = from * classes + classNumber
    let step = steps.get(key)
    if (step === undefined) {
      step = make(from, groupsOf[classNumber])
      steps.set(key, step)
    }
    return step
  }
}
