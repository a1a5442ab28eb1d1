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
  /** Class objects of one name, each from another loader: that name. */
  readonly classesCalled?: string
}

const MOST_MEMBERS = 512
/** Children of one group that are counted one by one; of more, so many are taken as an even sample. */
const MOST_COUNTED = 40_000
const SAMPLE = 4000
/** Of a sample that are read at once. */
const STRETCHES = 1000

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
  readonly classesCalled: string | undefined
  count: number
  retained: number
}

/** Members far smaller than the biggest, which all together are next to nothing, are left out: eight arenas, four of them empty. */
function groupOf(className: string, sum: Sum, exact: boolean, scale: number): Group {
  const { members, sizes, count, retained, classesCalled } = sum
  const sorted = members
    .map((member, position) => ({ member, size: sizes[position] }))
    .toSorted((a, b) => b.size - a.size || a.member - b.member)
  const small = sorted.findIndex(({ size }) => size < sorted[0].size * SMALL_SHARE)
  const left = small < 0 ? 0 : sorted.slice(small).reduce((sum, { size }) => sum + size, 0)
  const isWhole = members.length === count && classesCalled === undefined
  if (isWhole && small > 0 && left < retained * SMALL_SUM) {
    const kept = sorted.slice(0, small).map(({ member }) => member)
    return { className, members: kept, count: Math.round(small * scale), retained: (retained - left) * scale, exact }
  }
  const all = sorted.map(({ member }) => member)
  const group = { className, members: all, count: Math.round(count * scale), retained: retained * scale, exact }
  return classesCalled === undefined ? group : { ...group, classesCalled }
}
const SMALL_SHARE = 0.05
const SMALL_SUM = 0.03

interface Children {
  readonly indices: Uint32Array
  /** Each stands for so many. */
  readonly weight: number
}

/** Totals per class name; class objects that are heavy by themselves are told apart, and those of one name from several loaders. */
class GroupSums {
  readonly #heap: Heap
  readonly #children: Children[] = []
  readonly #sums = new Map<string, Sum>()
  readonly #heavyClass: number
  readonly #several: ReadonlySet<string>

  constructor(heap: Heap) {
    this.#heap = heap
    this.#several = namesOfSeveral(heap)
    this.#heavyClass = heap.snapshot.meta.reachable.bytes / 100
  }

  addRange(parent: number, from: number, count: number, weight: number): void {
    this.#children.push({ indices: this.#heap.snapshot.dominatorChildren(parent, from, count), weight })
  }

  /** The first quarter of the sample are the biggest children; the rest stands at even distances, each for its stretch. */
  addSample(parent: number, count: number, sample: number): void {
    const head = Math.ceil(sample / 4)
    this.addRange(parent, 0, head, 1)
    const { snapshot } = this.#heap
    const stretch = Math.ceil((count - head) / (sample - head + 1))
    // Reading all of a page of them is cheaper than to look for each in its place.
    for (let page = head; page < count; page += stretch * STRETCHES) {
      const children = snapshot.dominatorChildren(parent, page, Math.min(stretch * STRETCHES, count - page))
      for (let from = 0; from < children.length; from += stretch) {
        const length = Math.min(stretch, children.length - from)
        const middle = from + (length >> 1)
        this.#children.push({ indices: children.slice(middle, middle + 1), weight: length })
      }
    }
  }

  groups(exact: boolean, scale: number): Group[] {
    this.#readAll()
    return [...this.#sums]
      .map(([key, sum]) => groupOf(key.split(' ', 1)[0], sum, exact, scale))
      .toSorted((a, b) => b.retained - a.retained || (a.className < b.className ? -1 : 1))
  }

  /** In the order in which they stand in the snapshot, so that each of its pages is read once for many of them. */
  #readAll(): void {
    const { snapshot } = this.#heap
    const indices = concatenated(this.#children.map((each) => each.indices))
    const sizes = new Float64Array(indices.length)
    const classNumbers = new Uint32Array(indices.length)
    const order = ascending(indices)
    for (const place of order) sizes[place] = snapshot.retainedSize(indices[place])
    for (const place of order) classNumbers[place] = snapshot.classOf(indices[place])
    let place = 0
    for (const { indices: own, weight } of this.#children)
      for (const child of own) {
        this.#add(child, sizes[place], classNumbers[place], weight)
        place++
      }
  }

  #add(child: number, size: number, classNumber: number, weight: number): void {
    const className = this.#heap.classes[classNumber].name
    const classesCalled = className === 'java.lang.Class' ? this.#nameOfSeveral(child) : undefined
    const isApart = className === 'java.lang.Class' && size >= this.#heavyClass
    const key = classesCalled ?? (isApart ? child : undefined)
    const sum = this.#sums.get(key === undefined ? className : `${className} ${key}`)
    if (sum === undefined) {
      const first = { members: [child], sizes: [size], classesCalled, count: weight, retained: size * weight }
      this.#sums.set(key === undefined ? className : `${className} ${key}`, first)
      return
    }
    if (sum.members.length < MOST_MEMBERS) {
      sum.members.push(child)
      sum.sizes.push(size)
    }
    sum.count += weight
    sum.retained += size * weight
  }

  /** The name of a class that several loaders have loaded. */
  #nameOfSeveral(classObject: number): string | undefined {
    const number = this.#heap.snapshot.classNumberOfObject(classObject)
    return number >= 0 && this.#several.has(this.#heap.classes[number].name)
      ? this.#heap.classes[number].name
      : undefined
  }
}

/** Names of classes that at least so many loaders have loaded. */
const SEVERAL = 3

function namesOfSeveral({ classes }: Heap): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { name } of classes) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Set([...counts].flatMap(([name, count]) => (count >= SEVERAL ? [name] : [])))
}

function concatenated(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** @returns the places of the values, those of the smallest first. */
function ascending(values: Uint32Array): Uint32Array {
  // Value and place in one number: numbers are sorted many times as fast as by a function.
  const keys = Float64Array.from(values, (value, place) => value * MOST_PLACES + place).sort()
  return Uint32Array.from(keys, (key) => key % MOST_PLACES)
}
const MOST_PLACES = 2 ** 21
