/** From a gathering to the facts about it: the path that keeps it, the fields on that path, the collection and its bounds. */
import type { Heap } from '../query/heap.ts'
import type { EdgeName } from '../query/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { NO_OBJECT, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import { boundOf, limitAround, ringOf, sizeOf, superNames } from './bounds.ts'
import { usedOfLimit } from './measured-bounds.ts'
import { referenceOf } from './contents.ts'
import { type Gathering, contentLine } from './explore.ts'
import type { Group } from './groups.ts'
import { type Holding, type HoldingPath, THREAD_LOCAL_MAP, holdingOf } from './holding-paths.ts'
import { groupRow, isStage, itemsRow, namedItem, nodesOf } from './items.ts'
import type { Bound, Suspect, SuspectField } from './messages.ts'
import { workersOf } from './workers.ts'
import { extendsCollection, isArray, isPartOfCollection, isPlumbing } from './plumbing.ts'

const MOST_HOLDERS = 8
const MOST_PATH = 40
const MOST_STACK = 30
const WEAK_KINDS = new Set<string | undefined>(['soft', 'weak', 'phantom'])
/** Where threads stand that wait for something, or that write the very dump. */
const WAITING =
  /^(java\.lang\.Object\.wait|java\.lang\.Thread\.(sleep|join|yield|park)|jdk\.internal\.misc\.Unsafe\.park|sun\.misc\.Unsafe\.park|sun\.nio\.ch\.\w+\.(accept|epollWait|poll|read|wait|select|doSelect)|java\.net\.(PlainSocketImpl|SocketInputStream|ServerSocket)|java\.io\.(FileInputStream|FileDispatcherImpl)\.read|com\.sun\.management|sun\.management|jdk\.internal\.reflect|java\.lang\.VirtualThread|jdk\.internal\.vm\.Continuation)/

/** @returns undefined when nothing holds it, which a damaged dump can bring about. */
export function describe(heap: Heap, gathering: Gathering): Suspect | undefined {
  const line = lineOf(heap, gathering)
  const start = startOf(heap, gathering, line)
  const holding = holdingOf(heap, start)
  if (holding === undefined) return undefined
  const { best } = holding
  const run = collectionRun(heap, best, gathering.nodes)
  const collection = gathering.shape === 'many' || gathering.shape === 'structure' ? run.collection : NO_OBJECT
  const size = collection === NO_OBJECT ? undefined : sizeOf(heap, collection)
  const holders = holdersOf(heap, gathering, collection)
  const named = line.length === 0 ? undefined : namedItem(heap, line)
  const entries = collection === NO_OBJECT ? undefined : size
  const items = named === undefined ? null : itemsRow(heap, gathering, line, named, entries)
  return {
    shape: gathering.shape,
    retained: retainedBy(gathering, holders),
    holder: objectRow(heap, holders.members[0]),
    holders: holders.members.slice(0, MOST_HOLDERS).map((index) => objectRow(heap, index)),
    holderCount: holders.count,
    collection: collection === NO_OBJECT ? null : { object: objectRow(heap, collection), size: size ?? null },
    items,
    nodes: nodesOf(gathering),
    content: line.slice(named === undefined ? 0 : line.indexOf(named)).map(groupRow),
    path: shownPath(heap, best),
    kept: best.kind,
    weakened: holding.weakened ?? null,
    growsThrough: fieldAt(heap, best, run.holderStep),
    culprit: culpritOf(heap, best, run.holderStep),
    ...threadFacts(heap, holding, gathering.trail[0]),
    threadLocal: best.kind === 'thread-local' ? threadLocalName(heap, best) : null,
    loader: loaderOf(heap, holders.members[0]),
    exclusive: collection === NO_OBJECT || isAbove(heap, collection, start),
    bound: boundFound(heap, best, { collection, step: run.holderStep }, size ?? items?.count ?? 0),
  }
}

/**
 * The walk down leaves a little of each level behind, a header or a name: where that is all, it belongs to those who are
 * said to hold. Of two gatherings below the same holders neither has so much.
 */
function retainedBy({ shape, retained }: Gathering, holders: Group): number {
  return shape === 'group' && holders.retained > retained && retained >= holders.retained * NEARLY_ALL
    ? holders.retained
    : retained
}
const NEARLY_ALL = 0.9

/** What gathers, and what that carries; of several alike that is the trail itself. */
function lineOf(heap: Heap, { shape, trail, items }: Gathering): readonly Group[] {
  if (items === undefined) return []
  return shape === 'group' ? trail.slice(trail.indexOf(items)) : contentLine(heap, items)
}

/** From where the path starts: one of the items, the first ones of a list being nearest to its head; else the last of the trail. */
function startOf(heap: Heap, { shape, trail, items }: Gathering, line: readonly Group[]): number {
  // Behind a reference object that does not keep what it refers to, the path has to start at what it refers to.
  const weak = line.findIndex(({ members }) => WEAK_KINDS.has(heap.facts.kindOf(heap.snapshot.classOf(members[0]))))
  if (weak >= 0 && line[weak + 1] !== undefined) return line[weak + 1].members[0]
  if (shape === 'structure' || shape === 'many') return (items ?? trail[trail.length - 1]).members[0]
  return trail[trail.length - 1].members[0]
}

/** The stretch of collections and arrays above the first object: the outermost collection in it, and the step behind it. */
function collectionRun(
  heap: Heap,
  path: HoldingPath,
  nodes: ReadonlySet<string> | undefined,
): { collection: number; holderStep: number } {
  let collection = NO_OBJECT
  let step = 1
  for (; step < path.indices.length; step++) {
    const index = path.indices[step]
    const classNumber = heap.snapshot.classOf(index)
    const { name } = heap.classes[classNumber]
    const repeats = nodes?.has(name) === true || name === heap.classes[heap.snapshot.classOf(path.indices[0])].name
    if (isPlumbing(name)) {
      if (!isPartOfCollection(name)) collection = index
    } else if (extendsCollection(superNames(heap, classNumber))) collection = index
    else if (!repeats) break
  }
  return { collection, holderStep: step }
}

/** Whether `upper` is `lower` or dominates it. */
function isAbove(heap: Heap, upper: number, lower: number): boolean {
  let index = lower
  for (let depth = 0; depth < MOST_ABOVE && index !== VIRTUAL_ROOT && index !== NO_OBJECT; depth++) {
    if (index === upper) return true
    index = heap.snapshot.immediateDominator(index)
  }
  return false
}
const MOST_ABOVE = 32

/**
 * Who is said to hold: the collection itself; else the topmost of the trail that is more than a class, a loader, a thread,
 * or the accumulation point when all above it are.
 */
function holdersOf(heap: Heap, { trail, shape, items }: Gathering, collection: number): Group {
  if (collection !== NO_OBJECT) {
    const { name } = heap.classes[heap.snapshot.classOf(collection)]
    const isAlone =
      trail[trail.length - 1].count === 1 || trail.some(({ className, count }) => className === name && count === 1)
    if (isAlone)
      return {
        className: name,
        members: [collection],
        count: 1,
        retained: heap.snapshot.retainedSize(collection),
        exact: true,
      }
  }
  const last = trail[trail.length - 1]
  if (shape === 'group' && items !== undefined) return namedItem(heap, trail.slice(trail.indexOf(items)))
  return trail.find((group) => !isStage(heap, group) && !isPlumbing(group.className)) ?? last
}

export function shownPath(heap: Heap, { indices, edges }: HoldingPath): Suspect['path'] {
  const half = MOST_PATH / 2
  const steps = indices.map((index, step) => ({ index, edges: [...edges[step]] as EdgeName[] }))
  const shown = steps.length <= MOST_PATH ? steps : [...steps.slice(0, half), ...steps.slice(-half)]
  return shown.map((step) => ({ object: objectRow(heap, step.index), edges: step.edges }))
}

/** The field by which the step refers to the one before it. */
function fieldAt(heap: Heap, { indices, edges }: HoldingPath, step: number): SuspectField | null {
  const edge = edges[step]?.find(({ kind }) => kind === 'static' || kind === 'field')
  if (edge === undefined) return null
  const index = indices[step]
  const standsFor = heap.snapshot.classNumberOfObject(index)
  const classNumber = standsFor >= 0 ? standsFor : heap.snapshot.classOf(index)
  // A loader has each of its classes in a list, which nobody but the JVM adds to.
  if (edge.name === 'classes' && heap.facts.kindOf(classNumber) === 'class-loader') return null
  return {
    className: heap.classes[classNumber].name,
    field: edge.name,
    static: edge.kind === 'static',
    own: heap.ownCode.isOwn(classNumber),
    object: objectRow(heap, index),
  }
}

/** The first field in own code on the path; where there is none, the static field at its end. */
export function culpritOf(heap: Heap, path: HoldingPath, from: number): SuspectField | null {
  const fields = path.indices.flatMap((_, step) => (step < from ? [] : (fieldAt(heap, path, step) ?? [])))
  return fields.find(({ own }) => own) ?? fields.find(({ static: isStatic }) => isStatic) ?? null
}

function threadFacts(
  heap: Heap,
  { best, threads }: Holding,
  top: Group,
): Pick<Suspect, 'thread' | 'threads' | 'workers'> {
  if (best.thread === NO_OBJECT) return { thread: null, threads, workers: 0 }
  const position = heap.snapshot.threadOfObject(best.thread)
  const stack = position < 0 ? [] : heap.snapshot.thread(position).frames
  const frame = stack[best.frame] ?? null
  return {
    thread: {
      object: objectRow(heap, best.thread),
      frame,
      ownFrame: frame !== null && isOwnFrame(heap, frame),
      waits: stack.length === 0 || WAITING.test(stack[0]),
      stack: stack.slice(0, MOST_STACK),
    },
    threads,
    workers: workersOf(heap, top),
  }
}

function isOwnFrame(heap: Heap, frame: string): boolean {
  const method = frame.split('(', 1)[0]
  const number = heap.facts.numberOf(method.slice(0, Math.max(0, method.lastIndexOf('.'))))
  return number >= 0 && heap.ownCode.isOwn(number)
}

/** The key of the entry on the path is a ThreadLocal, which mostly a static field holds. */
function threadLocalName(heap: Heap, { indices }: HoldingPath): string | null {
  const entry = indices.find((index) => heap.classes[heap.snapshot.classOf(index)].name === `${THREAD_LOCAL_MAP}$Entry`)
  const key = entry === undefined ? undefined : referenceOf(heap, entry, 'referent')
  if (key === undefined) return null
  const held = holdingOf(heap, key)?.best
  const field = held === undefined ? null : fieldAt(heap, held, held.indices.length - 1)
  return field === null ? null : `${field.className}#${field.field}`
}

/** The class loader of the holder's class, unless it is one of the JVM itself. */
function loaderOf(heap: Heap, index: number): Suspect['loader'] {
  const standsFor = heap.snapshot.classNumberOfObject(index)
  const { loaderIndex, loaderId } = heap.classes[standsFor >= 0 ? standsFor : heap.snapshot.classOf(index)]
  return loaderIndex === NO_OBJECT || loaderId === 0n ? null : objectRow(heap, loaderIndex)
}

/**
 * Wrappers around the collection, and the objects whose fields hold it, may know the limit; of a list of the program's own making
 * or an array only whoever holds it does.
 */
function boundFound(
  heap: Heap,
  path: HoldingPath,
  { collection, step }: { readonly collection: number; readonly step: number },
  size: number,
): Bound | null {
  if (size === 0) return null
  const measured = usedOfLimit(heap, path.indices.slice(1))
  if (measured !== undefined) return measured
  if (collection === NO_OBJECT) {
    const around = path.indices.slice(step, step + 2)
    return limitAround(heap, around, size) ?? ringOf(heap, path.indices.slice(1, step + 1), size) ?? null
  }
  const at = path.indices.indexOf(collection)
  const within = path.indices.slice(1, at).filter((index) => !isArray(heap.classes[heap.snapshot.classOf(index)].name))
  const around = path.indices.slice(at + 1, at + 3)
  const bounds = [collection, ...within].map((index, place) =>
    boundOf(heap, index, place === 0 ? around : [collection, ...within, ...around], size),
  )
  return bounds.find((bound) => bound !== undefined) ?? null
}
