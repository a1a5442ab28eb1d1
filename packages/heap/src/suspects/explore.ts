/**
 * Where memory gathers: a walk down the dominator tree, group by group, while something keeps most of it. It ends
 * where one object, or a few, dominate very many of one class: the accumulation point.
 */
import type { Heap } from '../query/heap.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { type Group, childGroups, rootGroup } from './groups.ts'
import type { Shape } from './messages.ts'
import { isPartOfCollection, isPlumbing } from './plumbing.ts'
import { walkStructure } from './structure.ts'

export interface Gathering {
  readonly shape: Shape
  /** From the first level of the tree to the accumulation point, which is the last. */
  readonly trail: readonly Group[]
  /** What gathers there; for `array` and `spread` nothing. */
  readonly items: Group | undefined
  /** Of a structure: the class names of its nodes. */
  readonly nodes?: ReadonlySet<string>
  /** Bytes that belong to this gathering and to no other. */
  readonly retained: number
}

/** So many of one class under one object, and so many times as many as there are holders, is a gathering. */
const FEWEST_ITEMS = 16
const FEWEST_PER_HOLDER = 6
const MOST_DEPTH = 400
/** Classes of one name: each redeployment leaves one behind, and with it all that its statics hold. */
const FEWEST_OF_ONE_NAME = 3
/** Local variables of very many threads stand at the root of the tree: these are counted one by one. */
const MOST_AT_ROOT = 400_000
/** Up to so many items may be holders themselves. */
const FEW_HOLDERS = 128
/** A class that comes so often on the way down belongs to a structure that refers to itself. */
const TURNS = 3

/** @param least bytes below which nothing is told. */
export function findGatherings(heap: Heap, least: number): Gathering[] {
  const found: Gathering[] = []
  for (const group of childGroups(heap, rootGroup(heap), MOST_AT_ROOT)) {
    if (group.retained < least || isMadeOfClasses(group)) continue
    explore(heap, group, [], least, found)
  }
  return found.toSorted((a, b) => b.retained - a.retained)
}

function explore(heap: Heap, from: Group, above: readonly Group[], least: number, found: Gathering[]): void {
  const open: { group: Group; trail: readonly Group[] }[] = [{ group: from, trail: above }]
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { group } = entry
    const trail = [...entry.trail, group]
    if (group.classesCalled !== undefined && group.count >= FEWEST_OF_ONE_NAME) {
      found.push({ shape: 'group', trail, items: group, retained: group.retained })
      continue
    }
    const structure = structureNames(trail)
    if (structure !== undefined) {
      found.push(structureGathering(heap, trail, structure))
      continue
    }
    const heavy = childGroups(heap, group).filter((child) => child.retained >= least && !isMadeOfClasses(child))
    const many = heavy.filter((child) => isMany(child, group))
    for (const items of many) found.push(...gatheringsOf(heap, trail, items, least))
    const few = heavy.filter((child) => !isMany(child, group))
    if (trail.length < MOST_DEPTH) for (const child of few.toReversed()) open.push({ group: child, trail })
    const rest = group.retained - heavy.reduce((sum, child) => sum + child.retained, 0)
    if (rest >= least) found.push(restOf(heap, trail, rest))
  }
}

/** A few dozen that each gather very many themselves are only the way there: 30 tenants with 1,000 orders each. */
function gatheringsOf(heap: Heap, trail: readonly Group[], items: Group, least: number): Gathering[] {
  const whole: Gathering = { shape: 'many', trail, items, retained: items.retained }
  const bush = bushNames(heap, trail, items)
  if (bush !== undefined) return [structureGathering(heap, trail, bush)]
  if (items.count > FEW_HOLDERS || trail.length >= MOST_DEPTH) return [whole]
  const within: Gathering[] = []
  explore(heap, items, trail, least, within)
  const gathered = within.filter(({ shape }) => shape === 'many' || shape === 'structure')
  const most = gathered.reduce((sum, { retained }) => sum + retained, 0)
  return most >= items.retained / 2 ? gathered : [whole]
}

/** A tree whose nodes keep their children in collections: what gathers leads to the class of a node above. */
function bushNames(heap: Heap, trail: readonly Group[], items: Group): ReadonlySet<string> | undefined {
  const line = contentLine(heap, items)
  const isNode = ({ className }: Group): boolean => !isPlumbing(className) && !/^java\.lang\.|\[\]$/.test(className)
  const place = trail.findIndex((above) => isNode(above) && line.some(({ className }) => className === above.className))
  if (place < 0) return undefined
  const end = line.findIndex(({ className }) => className === trail[place].className)
  return new Set([...trail.slice(place), ...line.slice(0, end)].map(({ className }) => className))
}

/** Class objects hold what their statics hold; many light ones together are the program, and no suspect. */
function isMadeOfClasses({ className, count, classesCalled }: Group): boolean {
  return className === 'java.lang.Class' && count > 1 && classesCalled === undefined
}

function isMany(child: Group, holders: Group): boolean {
  return child.count >= FEWEST_ITEMS && child.count >= FEWEST_PER_HOLDER * holders.count
}

/** Nothing below is heavy: several holders, the object itself, or very many small things of different classes. */
function restOf(heap: Heap, trail: readonly Group[], retained: number): Gathering {
  const group = trail[trail.length - 1]
  const shallow = group.members.reduce((sum, member) => sum + heap.snapshot.shallowSize(member), 0)
  const first = trail.find(({ count }) => count >= FEWEST_ITEMS)
  if (first !== undefined) return { shape: 'group', trail, items: first, retained }
  if (shallow * (group.count / group.members.length) >= retained / 2)
    return { shape: 'array', trail, items: undefined, retained }
  return { shape: 'spread', trail, items: undefined, retained }
}

/** @returns the class names that take turns at the end of the trail. */
function structureNames(trail: readonly Group[]): ReadonlySet<string> | undefined {
  const { className } = trail[trail.length - 1]
  const places = trail.flatMap((group, place) => (group.className === className ? [place] : []))
  if (places.length < TURNS) return undefined
  const names = trail.slice(places[places.length - 2], places[places.length - 1]).map((group) => group.className)
  return new Set(names)
}

/** The trail is cut before the structure's first node, or after it when nothing else is above. */
function structureGathering(heap: Heap, trail: readonly Group[], names: ReadonlySet<string>): Gathering {
  const first = trail.findIndex((group) => names.has(group.className))
  const nodes = trail[first]
  const structure = walkStructure(heap, nodes.members, names)
  const [heaviest] = structure.contents
  const isOwn = (group: Group): boolean => heap.ownCode.isOwn(heap.snapshot.classOf(group.members[0]))
  const inNodes =
    heaviest === undefined ||
    heaviest.retained < structure.shallow ||
    (!isPlumbing(nodes.className) && !(isOwn(heaviest) && !isOwn(nodes)))
  const items = inNodes
    ? { ...nodes, count: structure.nodes, retained: nodes.retained, exact: structure.complete }
    : heaviest
  const above = trail.slice(0, first)
  const holder = above.at(-1)
  const isHeld = holder !== undefined && holder.members[0] !== VIRTUAL_ROOT && holder.className !== 'java.lang.Class'
  return {
    shape: 'structure',
    trail: isHeld ? above : trail.slice(0, first + 1),
    items,
    nodes: names,
    retained: nodes.retained,
  }
}

/** What has half of it; a node or an entry is passed for less: it has a key and a value, and of these the program's own objects tell more. */
function heaviestIn(heap: Heap, above: Group, groups: readonly Group[], bytes: number): Group | undefined {
  const [heaviest] = groups
  if (heaviest === undefined || heaviest.retained >= bytes / 2 || !isPartOfCollection(above.className))
    return heaviest !== undefined && heaviest.retained >= bytes / 2 ? heaviest : undefined
  const enough = groups.filter(({ retained }) => retained >= bytes * SHARE_OF_ENTRY)
  return enough.find(({ members }) => heap.ownCode.isOwn(heap.snapshot.classOf(members[0]))) ?? enough[0]
}
const SHARE_OF_ENTRY = 0.2

/** What the items are for people: nodes and entries lead to what they carry, as long as one class keeps half. */
export function contentLine(heap: Heap, items: Group): readonly Group[] {
  const known = LINES.get(items)
  if (known !== undefined) return known
  const line = lineBelow(heap, items)
  LINES.set(items, line)
  return line
}
/** Asked for while the walk goes on, and again when what was found is told. */
const LINES = new WeakMap<Group, readonly Group[]>()

function lineBelow(heap: Heap, items: Group): readonly Group[] {
  const line: Group[] = [items]
  for (let depth = 0; depth < 12; depth++) {
    const last = line[line.length - 1]
    const sample = { ...last, count: last.members.length }
    const groups = childGroups(heap, sample, 4000)
    // Entries of one bucket hold each other: what they carry is the same as that of the others.
    const others = groups.filter(({ className }) => className !== last.className)
    const bytes = last.members.reduce((sum, member) => sum + heap.snapshot.retainedSize(member), 0)
    const repeated = groups.filter((group) => !others.includes(group)).reduce((sum, group) => sum + group.retained, 0)
    const heaviest = heaviestIn(heap, last, others, bytes - repeated)
    if (heaviest === undefined || heaviest.className === 'java.lang.Class') break
    line.push({ ...heaviest, count: Math.round((heaviest.count * last.count) / last.members.length) })
  }
  return line
}
