/**
 * What keeps an object alive, in the order of what people can do about it: a static field, a thread local, another
 * object of a thread, a local variable on a stack. A breadth-first search along incoming references that leaves out
 * weak, soft, phantom and finalizer references, and ends at class objects as well as at GC roots: whether the
 * class is loaded is not the question.
 */
import { type EdgeBudget, edgeBudget, edgeNames } from '../query/edge-names.ts'
import type { Heap } from '../query/heap.ts'
import type { EdgeName, ReferenceStrength } from '../query/messages.ts'
import type { IsExcluded } from '../query/paths/long-path.ts'
import { exclusion } from '../query/paths/strength.ts'
import { NO_OBJECT, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'
import type { HoldKind } from './messages.ts'

export interface HoldingPath {
  readonly kind: HoldKind
  /** From the object to the class object or GC root. */
  readonly indices: readonly number[]
  /** How each step refers to the one before it; empty for the first. */
  readonly edges: readonly (readonly EdgeName[])[]
  /** The thread at the end of the path, or NO_OBJECT. */
  readonly thread: number
  /** The frame of that thread whose local variable it is, from the top; −1 when it is none or not known. */
  readonly frame: number
}

export interface Holding {
  readonly best: HoldingPath
  /** Distinct threads at the ends of the paths that were found. */
  readonly threads: number
  /** References that had to be followed although they are no strong ones. */
  readonly weakened: 'soft' | 'weak' | undefined
}

/** Objects that a search may meet: enough for every path that a person would read. */
const MOST_MET = 40_000
const MOST_REFERRERS = 20_000
const PAGE = 2048
const MOST_PATHS = 8
const NOTHING_EXCLUDED: IsExcluded = () => false
/** A path that is longer than the shortest by more steps than this is not what people mean by "held by". */
const DETOUR = 8
const RANK: readonly HoldKind[] = ['static', 'thread-local', 'thread', 'other', 'stack']
const STRENGTHS: readonly (readonly ReferenceStrength[])[] = [
  ['weak', 'soft', 'phantom', 'finalizer'],
  ['weak', 'phantom', 'finalizer'],
  [],
]
const WEAKENED = [undefined, 'soft', 'weak'] as const

/** @returns undefined when nothing holds it. */
export function holdingOf(heap: Heap, from: number): Holding | undefined {
  const budget = edgeBudget()
  for (const [level, exclude] of (heap.dump === undefined ? [[]] : STRENGTHS).entries()) {
    const search = searchUp(heap, from, exclusion(heap, exclude) ?? NOTHING_EXCLUDED)
    const traces = search.traces.length === 0 && !search.exhausted ? keptPath(heap, from) : search.traces
    if (traces.length === 0) continue
    const paths = traces.map((indices) => namedPath(heap, indices, budget))
    const shortest = Math.min(...paths.map(({ indices }) => indices.length))
    const near = paths.filter(({ indices }) => indices.length <= shortest + DETOUR)
    const best = near.toSorted((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind))[0]
    const threads = new Set(paths.flatMap(({ thread }) => (thread === NO_OBJECT ? [] : [thread])))
    return { best, threads: threads.size, weakened: heap.dump === undefined ? undefined : WEAKENED[level] }
  }
  return undefined
}

interface Search {
  readonly traces: readonly number[][]
  readonly exhausted: boolean
}

function searchUp(heap: Heap, from: number, isExcluded: IsExcluded): Search {
  const { snapshot } = heap
  const met = new Map<number, number>([[from, NO_OBJECT]])
  const queue = [from]
  const traces: number[][] = snapshot.isRoot(from) ? [[from]] : []
  let isCut = false
  // Objects on a path that ends at what refers to the target, and where those with one more begin.
  let length = 2
  let levelEnd = 1
  for (let head = 0; head < queue.length; head++) {
    if (head === levelEnd) {
      length++
      levelEnd = queue.length
    }
    if (traces.length > 0 && length > traces[0].length + DETOUR) return { traces, exhausted: true }
    const target = queue[head]
    for (let offset = 0; ; offset += PAGE) {
      const page = snapshot.incoming(target, offset, PAGE)
      for (const source of page) {
        if (met.has(source) || isExcluded(source, target)) continue
        met.set(source, target)
        if (isEnd(heap, source, target)) traces.push(traceOf(met, source))
        else queue.push(source)
        if (traces.length >= MOST_PATHS) return { traces, exhausted: true }
      }
      if (page.length < PAGE) break
      if (offset > MOST_REFERRERS) {
        isCut = true
        break
      }
    }
    if (met.size > MOST_MET) return { traces, exhausted: false }
  }
  return { traces, exhausted: !isCut }
}

/** A class object is an end where a static field of it refers to the object; its loader and subclasses are held by other means. */
function isEnd(heap: Heap, source: number, target: number): boolean {
  const { snapshot } = heap
  if (snapshot.isRoot(source)) return true
  if (snapshot.classNumberOfObject(source) < 0 || snapshot.classNumberOfObject(target) >= 0) return false
  return heap.facts.kindOf(snapshot.classOf(target)) !== 'class-loader'
}

function traceOf(met: ReadonlyMap<number, number>, end: number): number[] {
  const trace: number[] = []
  for (let index: number | undefined = end; index !== undefined && index !== NO_OBJECT; index = met.get(index))
    trace.push(index)
  return trace.reverse()
}

/** Of paths longer than this the middle is of no use to anybody. */
const MOST_STEPS = 2000

function keptPath(heap: Heap, from: number): number[][] {
  const trace = [from]
  for (let index = from; trace.length < MOST_STEPS; trace.push(index)) {
    index = heap.snapshot.shortestPathParent(index)
    if (index === VIRTUAL_ROOT) return [trace]
    if (index === NO_OBJECT) return []
  }
  return [trace]
}

function namedPath(heap: Heap, indices: readonly number[], budget: EdgeBudget): HoldingPath {
  const { snapshot } = heap
  const edges = indices.map((index, step) => (step === 0 ? [] : edgeNames(heap, index, [indices[step - 1]], budget)[0]))
  const end = indices[indices.length - 1]
  const nothing = { indices, edges, thread: NO_OBJECT, frame: -1 }
  if (edges.at(-1)?.some(({ kind }) => kind === 'static') === true) return { ...nothing, kind: 'static' }
  const position = snapshot.threadOfObject(end)
  if (position < 0) return rootedPath(heap, nothing)
  const before = indices.length > 1 ? indices[indices.length - 2] : NO_OBJECT
  const local = snapshot.thread(position).locals.find(({ index }) => index === before)
  if (local !== undefined) return { ...nothing, kind: 'stack', thread: end, frame: local.frame }
  const isLocal = indices.some((index) => heap.classes[snapshot.classOf(index)].name === THREAD_LOCAL_MAP)
  return { ...nothing, kind: isLocal ? 'thread-local' : 'thread', thread: end }
}

/** The end is a root itself: a local variable of a known thread, or something else. */
function rootedPath(heap: Heap, path: Omit<HoldingPath, 'kind'>): HoldingPath {
  const end = path.indices[path.indices.length - 1]
  const roots = heap.snapshot.rootsOf(end)
  const held = roots.find(({ threadIndex }) => threadIndex !== NO_OBJECT)
  if (held !== undefined) return { ...path, kind: 'stack', thread: held.threadIndex, frame: held.frame }
  return { ...path, kind: roots.some(isOfStack) ? 'stack' : 'other' }
}

export const THREAD_LOCAL_MAP = 'java.lang.ThreadLocal$ThreadLocalMap'

function isOfStack({ type }: { readonly type: string }): boolean {
  return type === 'Java Local' || type === 'JNI Local' || type === 'Native Stack'
}
