/** Upwards from an object, along references that keep it alive, to the first that does more than carry it. */
import { edgeBudget, edgeNames } from '../query/edge-names.ts'
import type { Heap } from '../query/heap.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import { isPlumbing } from '../suspects/plumbing.ts'
import type { SuspectField } from '../suspects/messages.ts'
import { objectRow } from '../query/object/object-row.ts'
import { fieldsIn } from './object-fields.ts'

export type FirstHolder =
  | { readonly kind: 'object'; readonly index: number; readonly below: number }
  | { readonly kind: 'thread'; readonly thread: number; readonly frame: number }

const MOST_VISITED = 400
const MOST_REFERRERS = 40
const WEAK: ReadonlySet<string | undefined> = new Set(['weak', 'soft', 'phantom', 'finalizer'])
/** Wrappers of buffers, what recycles them, thread-local maps: Netty's plumbing. */
const NETTY_PLUMBING = /(^|\.)io\.netty\.(buffer|util\.internal|util\.Recycler|util\.ResourceLeak)/

/** @returns undefined when only weak references lead to it, or the search grew too long. */
export function firstHolder(heap: Heap, from: number): FirstHolder | undefined {
  const { snapshot } = heap
  const seen = new Set([from])
  const waiting = [from]
  for (let next = 0; next < waiting.length && next < MOST_VISITED; next++) {
    const below = waiting[next]
    const local = localOf(heap, below)
    if (local !== undefined) return local
    for (const index of snapshot.incoming(below, 0, MOST_REFERRERS)) {
      if (seen.has(index)) continue
      seen.add(index)
      const kind = heap.facts.kindOf(snapshot.classOf(index))
      if (WEAK.has(kind) && fieldsIn(heap, index).reference('referent') === below) continue
      if (snapshot.classNumberOfObject(index) >= 0) return { kind: 'object', index, below }
      if (kind === 'thread') return { kind: 'thread', thread: index, frame: -1 }
      if (!carries(heap, index)) return { kind: 'object', index, below }
      waiting.push(index)
    }
  }
  return undefined
}

function carries(heap: Heap, index: number): boolean {
  const { name } = heap.classes[heap.snapshot.classOf(index)]
  return isPlumbing(name) || NETTY_PLUMBING.test(name)
}

/** A local variable of a thread, the object being a root by it. */
function localOf(heap: Heap, index: number): FirstHolder | undefined {
  const root = heap.snapshot.rootsOf(index).find(({ threadIndex }) => threadIndex !== NO_OBJECT)
  return root === undefined ? undefined : { kind: 'thread', thread: root.threadIndex, frame: root.frame }
}

/** The thread that an object belongs to by its thread-local maps. */
export function threadOf(heap: Heap, from: number): number | undefined {
  const holder = firstHolder(heap, from)
  return holder?.kind === 'thread' ? holder.thread : undefined
}

/** By what field one object refers to another. */
export function fieldBetween(heap: Heap, source: number, target: number): SuspectField | undefined {
  const [edges = []] = edgeNames(heap, source, [target], edgeBudget())
  const edge = edges.find(({ kind }) => kind === 'static' || kind === 'field')
  if (edge === undefined) return undefined
  const standsFor = heap.snapshot.classNumberOfObject(source)
  const classNumber = standsFor >= 0 ? standsFor : heap.snapshot.classOf(source)
  return {
    className: heap.classes[classNumber].name,
    field: edge.name,
    static: edge.kind === 'static',
    own: heap.ownCode.isOwn(classNumber),
    object: objectRow(heap, source),
  }
}
