/** What gathers, in the words of people: which of the objects on the way down is named, and how many of it there are. */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { countBelow } from './count-below.ts'
import type { Gathering } from './explore.ts'
import type { Group } from './groups.ts'
import type { Suspect, SuspectGroup } from './messages.ts'
import { isPartOfCollection, isPlumbing } from './plumbing.ts'

/** A count of nodes may be a little above the entries of the collection: a list has a dummy node. */
const NEARLY_ALL = 0.9
/** Up to so many items are asked what they hold. */
const FEW = 16
const BUFFER =
  /^((boolean|byte|char|short|int|long|float|double)(\[\])+|java\.nio\.\w*Buffer\w*|java\.lang\.(StringBuilder|StringBuffer))$/

/** Classes, loaders and threads hold what belongs to everything. */
export function isStage(heap: Heap, { members }: Group): boolean {
  if (members[0] === VIRTUAL_ROOT) return true
  const kind = heap.facts.kindOf(heap.snapshot.classOf(members[0]))
  return kind === 'class' || kind === 'class-loader' || kind === 'thread'
}

/** The first of the line that is no part of a collection; where that is a collection itself, an own class in it tells more. */
export function namedItem(heap: Heap, line: readonly Group[]): Group {
  const things = line.filter((group) => !isPartOfCollection(group.className) && !isStage(heap, group))
  const [first] = things
  if (first === undefined) return line[line.length - 1]
  if (!isPlumbing(first.className)) return first
  return things.find(({ members }) => heap.ownCode.isOwn(heap.snapshot.classOf(members[0]))) ?? first
}

export function groupRow({ className, count, retained, exact }: Group): SuspectGroup {
  return { className, count: Math.round(count), retained, exact }
}

/** Of a list, tree or graph: the class of its nodes that is more than a collection's. */
export function nodesOf({ nodes, shape }: Gathering): string | null {
  if (shape !== 'structure' || nodes === undefined) return null
  const names = [...nodes]
  return names.find((name) => !isPlumbing(name)) ?? names[0] ?? null
}

/**
 * @param line from what stands below the accumulation point down to what weighs.
 * @param entries of the collection, which is better than a count of nodes that were looked at.
 */
export function itemsRow(
  heap: Heap,
  gathering: Gathering,
  line: readonly Group[],
  named: Group,
  entries: number | undefined,
): NonNullable<Suspect['items']> {
  const { snapshot } = heap
  const sizes = new Set(named.members.map((member) => snapshot.shallowSize(member)))
  const loaders = new Set(named.members.map((member) => heap.classes[meantBy(heap, member)].loaderId))
  const counted = entriesOf(heap, gathering, line, named, entries) ?? countOf(heap, gathering, line, named)
  return {
    ...groupRow(named),
    className: named.classesCalled ?? named.className,
    ...(counted === undefined ? { exact: false } : { count: counted, exact: true }),
    sample: objectRow(heap, named.members[0]),
    own: heap.ownCode.isOwn(meantBy(heap, named.members[0])),
    sameSize: sizes.size === 1,
    buffers: named.members.slice(0, FEW).every((member) => holdsBuffersOnly(heap, member)),
    loaders: loaders.size,
  }
}

/** The class that a class object stands for; of other objects their class. */
function meantBy({ snapshot }: Heap, index: number): number {
  const standsFor = snapshot.classNumberOfObject(index)
  return standsFor >= 0 ? standsFor : snapshot.classOf(index)
}

/** The entries of the collection, where each has one of them: what stands beside them in the same collection is not counted. */
function entriesOf(
  heap: Heap,
  { trail }: Gathering,
  line: readonly Group[],
  named: Group,
  entries: number | undefined,
): number | undefined {
  if (entries === undefined || entries < named.count * NEARLY_ALL || named.count > line[0].count * ONE_EACH)
    return undefined
  if (named.exact && named === line[0] && named.count < entries * NEARLY_ALL) return undefined
  if (!heap.ownCode.isOwn(heap.snapshot.classOf(named.members[0]))) return entries
  const all = countBelow(heap, trail[trail.length - 1], named.className)
  return all === undefined || all >= entries * NEARLY_ALL ? entries : all
}
const ONE_EACH = 1.1

/**
 * The nodes and entries above the items count them better than their class does: bytes of keys are byte[], too.
 * @returns undefined where only an estimate is known.
 */
function countOf(heap: Heap, gathering: Gathering, line: readonly Group[], named: Group): number | undefined {
  const { trail, shape } = gathering
  const at = line.indexOf(named)
  if (shape === 'group' || (at === 0 && shape === 'many' && named.exact)) return named.exact ? named.count : undefined
  const nodes = shape === 'structure' ? nodesOf(gathering) : null
  if (nodes !== null) {
    const isByteOrText = BUFFER.test(named.className) || named.className === 'java.lang.String'
    return countBelow(heap, trail[trail.length - 1], isByteOrText ? nodes : named.className)
  }
  const above = at === 0 ? undefined : line[at - 1]
  const holders = trail[trail.length - 1]
  // Nodes may be empty: a queue has one at its head.
  if (heap.ownCode.isOwn(heap.snapshot.classOf(named.members[0]))) return countBelow(heap, holders, named.className)
  if (above === undefined || !isPartOfCollection(above.className)) return countBelow(heap, holders, named.className)
  if (named.count > above.count * ONE_EACH) return undefined
  return countBelow(heap, holders, above.className)
}

function holdsBuffersOnly(heap: Heap, index: number): boolean {
  const { snapshot } = heap
  const held = [...snapshot.outgoing(index, 0, FEW)].filter((target) => snapshot.classNumberOfObject(target) < 0)
  return held.length > 0 && held.every((target) => BUFFER.test(heap.classes[snapshot.classOf(target)].name))
}
