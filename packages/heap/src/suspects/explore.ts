/**
 * Where memory gathers: a walk down the dominator tree, group by group, while something keeps most of it. It ends
 * where one object, or a few, dominate very many of one class: the accumulation point.
 */
import type { Heap } from '../query/heap.ts'
import { VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { type Group, childGroups, rootGroup } from './groups.ts'
import type { Shape } from './messages.ts'
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
/** Up to so many items may be holders themselves. */
const FEW_HOLDERS = 128
/** A class that comes so often on the way down belongs to a structure that refers to itself. */
const TURNS = 3

/** @param least bytes below which nothing is told. */
export function findGatherings(heap: Heap, least: number): Gathering[] {
  const found: Gathering[] = []
  for (const group of childGroups(heap, rootGroup(heap))) {
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
  if (items.count > FEW_HOLDERS || trail.length >= MOST_DEPTH) return [whole]
  const within: Gathering[] = []
  explore(heap, items, trail, least, within)
  const gathered = within.filter(({ shape }) => shape === 'many' || shape === 'structure')
  const most = gathered.reduce((sum, { retained }) => sum + retained, 0)
  return most >= items.retained / 2 ? gathered : [whole]
}

/** Class objects hold what their statics hold; many light ones together are the program, and no suspect. */
function isMadeOfClasses({ className, count }: Group): boolean {
  return className === 'java.lang.Class' && count > 1
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
  const inNodes = heaviest === undefined || heaviest.retained < structure.shallow
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

/** What the items are for people: nodes and entries lead to what they carry, as long as one class keeps half. */
export function contentLine(heap: Heap, items: Group): Group[] {
  const line: Group[] = [items]
  for (let depth = 0; depth < 12; depth++) {
    const last = line[line.length - 1]
    const sample = { ...last, count: last.members.length }
    const groups = childGroups(heap, sample, 4000)
    // Entries of one bucket hold each other: what they carry is the same as that of the others.
    const others = groups.filter(({ className }) => !line.some((above) => above.className === className))
    const bytes = last.members.reduce((sum, member) => sum + heap.snapshot.retainedSize(member), 0)
    const repeated = groups.filter((group) => !others.includes(group)).reduce((sum, group) => sum + group.retained, 0)
    const [heaviest] = others
    if (
      heaviest === undefined ||
      heaviest.retained < (bytes - repeated) / 2 ||
      heaviest.className === 'java.lang.Class'
    )
      break
    line.push({ ...heaviest, count: Math.round((heaviest.count * last.count) / last.members.length) })
  }
  return line
}
