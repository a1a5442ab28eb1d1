/** What is known by how it is held, whatever its shape: finalizers, loaders, soft references, limits, threads. */
import type { HeapFinding, Holder } from '@heaptrail/api/heap-findings'
import { FEW_ITEMS, FULL, LEAST_BYTES, MIB, WARNING_SHARE, severityOf } from './limits.ts'

const FEWEST_LOADERS = 3
/** Pools of workers are smaller. */
const FEWEST_PILED_UP = 400
const LEAST_LOADED = MIB
const PRIMITIVE_ARRAY = /^(boolean|byte|char|short|int|long|float|double)\[\]$/
const TEXT_OR_BUFFER = /^java\.(nio\.\w*Buffer\w*|lang\.(StringBuilder|StringBuffer|String)|io\.\w+)$/

export function judgeSpecial(holder: Holder): HeapFinding | undefined {
  return (
    finalizers(holder) ??
    loaders(holder) ??
    softly(holder) ??
    bounded(holder) ??
    inThreadLocals(holder) ??
    piledUp(holder) ??
    onStack(holder)
  )
}

function finalizers(holder: Holder): HeapFinding | undefined {
  if (!holder.path.some(({ object }) => object.className === 'java.lang.ref.Finalizer')) return undefined
  const isMany = (holder.items?.count ?? 0) >= FEW_ITEMS && holder.share >= WARNING_SHARE
  return { id: 'finalizer-backlog', severity: isMany ? severityOf(holder.share) : 'info', parameters: holder }
}

/** Objects of one class name from many loaders: each redeployment, or each plug-in, left one behind. */
function loaders(holder: Holder): HeapFinding | undefined {
  const { items, share, retained } = holder
  if (items === null || items.loaders < FEWEST_LOADERS) return undefined
  const severity = share >= WARNING_SHARE && retained >= LEAST_LOADED ? severityOf(share) : 'info'
  return { id: 'class-loader-suspect', severity, parameters: holder }
}

function softly(holder: Holder): HeapFinding | undefined {
  if (holder.weakened === null) return undefined
  return { id: 'large-holder', severity: 'info', parameters: { ...holder, reason: 'softly-held' } }
}

function bounded(holder: Holder): HeapFinding | undefined {
  return holder.bound === null ? undefined : { id: 'bounded-holder', severity: 'info', parameters: holder }
}

/** A buffer per thread is what thread locals are for; objects of the program that stay behind in pooled threads are a leak. */
function inThreadLocals(holder: Holder): HeapFinding | undefined {
  if (holder.kept !== 'thread-local') return undefined
  const { items, share } = holder
  const isBuffer =
    items !== null &&
    (PRIMITIVE_ARRAY.test(items.className) || TEXT_OR_BUFFER.test(items.className) || (items.sameSize && items.buffers))
  const isDirect = holder.path[1]?.object.className === 'java.lang.ThreadLocal$ThreadLocalMap$Entry'
  if (isBuffer && isDirect)
    return { id: 'large-holder', severity: 'info', parameters: { ...holder, reason: 'thread-buffers' } }
  const severity = share >= WARNING_SHARE ? severityOf(share) : 'info'
  return { id: 'thread-local-suspect', severity, parameters: holder }
}

/** So many threads that wait hold much together: whatever they wait for is what the heap is waiting for, too. */
function piledUp(holder: Holder): HeapFinding | undefined {
  const { kept, thread, workers, share, retained } = holder
  if ((kept !== 'stack' && kept !== 'thread') || thread === null || !thread.waits) return undefined
  if (workers < FEWEST_PILED_UP || share < WARNING_SHARE || retained < LEAST_BYTES) return undefined
  return { id: 'thread-pile-up', severity: severityOf(share), parameters: holder }
}

/**
 * Held by one thread only: its working set, while it works; a thread that waits in own code and holds a collection keeps
 * that for later, and is judged by the collection. When the heap is full, the work itself is the suspect.
 */
function onStack(holder: Holder): HeapFinding | undefined {
  const { kept, thread, threads, collection, fullness, share } = holder
  const isShared = isWorkOfSeveral(holder)
  if ((kept !== 'stack' && kept !== 'thread') || (threads > 1 && !isShared)) return undefined
  const isLibrarysWork = thread !== null && thread.frame !== null && !thread.ownFrame
  const works = thread !== null && (!thread.waits || isShared)
  // Whoever works on its own list of what is left to do is no consumer that is too slow.
  if (isQueue(collection?.object.className) && !(works && thread.ownFrame)) return undefined
  const isCollection = holder.shape === 'many' || holder.shape === 'structure'
  if (!works && !isLibrarysWork && isCollection) return undefined
  const isGrave = works && !isLibrarysWork && fullness !== null && fullness >= FULL && share >= WARNING_SHARE
  if (isGrave && holder.retained >= LEAST_BYTES)
    return { id: 'thread-holds-heap', severity: severityOf(share), parameters: holder }
  return { id: 'working-set', severity: 'info', parameters: holder }
}

/** Local variables of several threads lead to it, one of which may wait for the others, and no collection has it all: nothing that could grow. */
function isWorkOfSeveral({ kept, threads, collection, shape }: Holder): boolean {
  return kept === 'stack' && threads > 1 && collection === null && shape !== 'structure'
}

export function isQueue(className: string | undefined): boolean {
  return className !== undefined && /(Queue|Deque)(\$|$)/.test(className)
}

export function isPrimitiveArray(className: string | undefined): boolean {
  return className !== undefined && PRIMITIVE_ARRAY.test(className)
}
