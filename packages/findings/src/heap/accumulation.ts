/** What holds much because much has gathered in it. */
import { isGrowableText } from '@heaptrail/api/finding-texts/heap-words'
import type { Severity } from '@heaptrail/api/findings'
import type { HeapFinding, Holder, InnocentReason } from '@heaptrail/api/heap-findings'
import {
  CRITICAL_SHARE,
  FEW_ITEMS,
  FULL,
  LEAST_BYTES,
  LEAST_SHARE,
  LIBRARY_BYTES,
  LIBRARY_SHARE,
  MANY_ITEMS,
  MOST_POOLED,
  ROOMY,
  WARNING_SHARE,
  severityOf,
} from './limits.ts'
import { isPrimitiveArray, isQueue } from './special.ts'

/** Very many objects in one collection or list that nothing bounds. */
export function judgeCollection(holder: Holder): HeapFinding | undefined {
  const { items, collection, growsThrough } = holder
  const isOfQueue = isQueue(collection?.object.className)
  const isPool = items !== null && items.sameSize && items.count <= MOST_POOLED && isPrimitiveArray(items.className)
  if (isPool && (isOfQueue || collection === null)) return innocent(holder, 'pool')
  if (collection === null && growsThrough === null && holder.kept === 'other') return library(holder)
  const severity = severityOfMany(holder)
  if (severity === 'info') return innocent(holder, reasonOf(holder))
  return { id: isOfQueue ? 'queue-backlog' : 'leak-suspect', severity, parameters: holder }
}

function severityOfMany(holder: Holder): Severity {
  const { share, retained, items, exclusive } = holder
  const count = items?.count ?? 0
  if (retained < LEAST_BYTES || count < fewest(holder)) return 'info'
  if (!isOwn(holder))
    return share >= LIBRARY_SHARE && count >= MANY_ITEMS && retained >= LIBRARY_BYTES ? urgencyOf(holder) : 'info'
  if (!exclusive) return share >= WARNING_SHARE && isComplete(holder) ? 'warning' : 'info'
  if (share >= WARNING_SHARE) return urgencyOf(holder)
  return share >= LEAST_SHARE && count >= MANY_ITEMS ? 'warning' : 'info'
}

/** In a heap that is full, few large ones are enough. */
function fewest({ fullness, share }: Holder): number {
  return fullness !== null && fullness >= FULL && share >= CRITICAL_SHARE ? 1 : FEW_ITEMS
}

/** Several structures share the items, but this collection has them all. */
function isComplete({ collection, items }: Holder): boolean {
  const size = collection?.size ?? 0
  return items !== null && size >= items.count * 0.9
}

function isOwn(holder: Holder): boolean {
  const { culprit, items, thread } = holder
  if (items?.own === true || thread?.ownFrame === true) return true
  return culprit?.own === true && !isInsideLibrary(holder)
}

/** Nodes of a library's own making, in objects of that library: a database, an index. The program only holds the outermost. */
function isInsideLibrary({ shape, collection, growsThrough, items }: Holder): boolean {
  return shape === 'structure' && collection === null && growsThrough?.own === false && items?.own === false
}

/** In a heap with much room nothing is urgent, unless it waits for somebody. */
function urgencyOf(holder: Holder): Severity {
  const { fullness, share, collection } = holder
  if (isQueue(collection?.object.className)) return severityOf(share)
  return (fullness !== null && fullness < ROOMY) || isInsideLibrary(holder) ? 'warning' : severityOf(share)
}

function reasonOf(holder: Holder): InnocentReason {
  if (holder.retained < LEAST_BYTES || (holder.items?.count ?? 0) < fewest(holder)) return 'small'
  if (!holder.exclusive) return 'shared'
  return isOwn(holder) ? 'small' : 'library'
}

/** Several alike, one large array, or a bit of everything. */
export function judgeGroup(holder: Holder): HeapFinding | undefined {
  const { shape, share, retained, kept } = holder
  const isOfProgram = isOwn(holder)
  if (!isOfProgram && (retained < LIBRARY_BYTES || kept === 'other')) return undefined
  if (
    shape === 'group' &&
    isOfProgram &&
    share >= WARNING_SHARE &&
    retained >= LEAST_BYTES &&
    holder.items?.own === true
  )
    return { id: 'leak-suspect', severity: urgencyOf(holder), parameters: holder }
  if (shape === 'array' && isGrowable(holder) && share >= CRITICAL_SHARE && retained >= LEAST_BYTES)
    return { id: 'leak-suspect', severity: 'warning', parameters: holder }
  if (shape === 'spread')
    return share >= LIBRARY_SHARE && holder.holder.kind !== 'class' ? innocent(holder, 'spread') : undefined
  return share >= WARNING_SHARE ? innocent(holder, 'fixed') : undefined
}

/** Texts and buffers that grow by what is appended to them. */
function isGrowable({ path }: Holder): boolean {
  return isGrowableText(path[1]?.object.className ?? '')
}

function library(holder: Holder): HeapFinding | undefined {
  return holder.share >= LIBRARY_SHARE && holder.retained >= LIBRARY_BYTES ? innocent(holder, 'library') : undefined
}

function innocent(holder: Holder, reason: InnocentReason): HeapFinding {
  return { id: 'large-holder', severity: 'info', parameters: { ...holder, reason } }
}
