/**
 * Objects of one class name that stand side by side in the dominator tree, and what they dominate in groups again.
 * Class names and not classes: the same class of two hundred loaders is one group.
 *
 * Everything here is bounded: of very many members or children the biggest are looked at, and an even sample of the rest.
 */
import type { Heap } from '../query/heap.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'

export interface Group {
  readonly className: string
  /** By falling retained size; at most MOST_MEMBERS of them. */
  readonly members: readonly number[]
  readonly count: number
  /** Sum of the retained sizes of all members. */
  readonly retained: number
  /** Counted and summed, not estimated from a sample. */
  readonly exact: boolean
}

const MOST_MEMBERS = 512
/** Children of one group that are counted one by one; of more, so many are taken as an even sample. */
const MOST_COUNTED = 40_000
const SAMPLE = 4000

/** The virtual root as a group. */
export function rootGroup(heap: Heap): Group {
  const { reachable } = heap.snapshot.meta
  return { className: '', members: [VIRTUAL_ROOT], count: 1, retained: reachable.bytes, exact: true }
}

/** @returns what the members of the group dominate, by class name; the heaviest first. */
export function childGroups(heap: Heap, group: Group, mostCounted = MOST_COUNTED): Group[] {
  const counts = group.members.map((member) => heap.snapshot.dominatorChildCount(member))
  const all = counts.reduce((sum, count) => sum + count, 0)
  const sums = new GroupSums(heap)
  group.members.forEach((member, position) => {
    const share = Math.ceil((mostCounted * counts[position]) / Math.max(1, all))
    if (all <= mostCounted || counts[position] <= share) sums.addRange(member, 0, counts[position], 1)
    else sums.addSample(member, counts[position], Math.max(1, Math.min(share, SAMPLE)))
  })
  return sums.groups(all <= mostCounted && group.members.length === group.count, group.count / group.members.length)
}

interface Sum {
  readonly members: number[]
  readonly sizes: number[]
  count: number
  retained: number
}

/** Members far smaller than the biggest, which all together are next to nothing, are left out: eight arenas, four of them empty. */
function groupOf(className: string, { members, sizes, count, retained }: Sum, exact: boolean, scale: number): Group {
  const sorted = members
    .map((member, position) => ({ member, size: sizes[position] }))
    .toSorted((a, b) => b.size - a.size || a.member - b.member)
  const small = sorted.findIndex(({ size }) => size < sorted[0].size * SMALL_SHARE)
  const left = small < 0 ? 0 : sorted.slice(small).reduce((sum, { size }) => sum + size, 0)
  const isWhole = members.length === count
  if (isWhole && small > 0 && left < retained * SMALL_SUM) {
    const kept = sorted.slice(0, small).map(({ member }) => member)
    return { className, members: kept, count: Math.round(small * scale), retained: (retained - left) * scale, exact }
  }
  const all = sorted.map(({ member }) => member)
  return { className, members: all, count: Math.round(count * scale), retained: retained * scale, exact }
}
const SMALL_SHARE = 0.05
const SMALL_SUM = 0.03

/** Totals per class name; class objects that are heavy by themselves are told apart. */
class GroupSums {
  readonly #heap: Heap
  readonly #sums = new Map<string, Sum>()
  readonly #heavyClass: number

  constructor(heap: Heap) {
    this.#heap = heap
    this.#heavyClass = heap.snapshot.meta.reachable.bytes / 100
  }

  addRange(parent: number, from: number, count: number, weight: number): void {
    const { snapshot } = this.#heap
    for (const child of snapshot.dominatorChildren(parent, from, count)) {
      const size = snapshot.retainedSize(child)
      const className = this.#heap.classes[snapshot.classOf(child)].name
      const key = className === 'java.lang.Class' && size >= this.#heavyClass ? `${className} ${child}` : className
      const sum = this.#sums.get(key)
      if (sum === undefined)
        this.#sums.set(key, { members: [child], sizes: [size], count: weight, retained: size * weight })
      else {
        if (sum.members.length < MOST_MEMBERS) {
          sum.members.push(child)
          sum.sizes.push(size)
        }
        sum.count += weight
        sum.retained += size * weight
      }
    }
  }

  /** The first quarter of the sample are the biggest children; the rest stands at even distances, each for its stretch. */
  addSample(parent: number, count: number, sample: number): void {
    const head = Math.ceil(sample / 4)
    this.addRange(parent, 0, head, 1)
    const stretch = Math.ceil((count - head) / (sample - head + 1))
    for (let from = head; from < count; from += stretch) {
      const length = Math.min(stretch, count - from)
      this.addRange(parent, from + (length >> 1), 1, length)
    }
  }

  groups(exact: boolean, scale: number): Group[] {
    return [...this.#sums]
      .map(([key, sum]) => groupOf(key.split(' ', 1)[0], sum, exact, scale))
      .toSorted((a, b) => b.retained - a.retained || (a.className < b.className ? -1 : 1))
  }
}
