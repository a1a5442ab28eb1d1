/** Netty's pools: what is taken from their chunks and has no owner any more cannot come back. */
import type { HeapFinding, NettyPool } from '@heaptrail/api/heap-findings'
import { FULL, MIB } from './limits.ts'

/** Of the used heap, for pools on the heap; percent. */
const LEAST_SHARE = 10
const LEAST_LOST = MIB
const GRAVE_SHARE = 30
/** Less of the heap is a leak too when it is most of what the pool has given out. */
const LEAST_LOST_EARLY = 4 * MIB
/** Direct memory is no part of the heap; so much of it without an owner is worth a warning. */
const LEAST_LOST_DIRECT = 16 * MIB

export function judgePools(pools: readonly NettyPool[], usedHeap: number, fullness: number | null): HeapFinding[] {
  return poolVerdicts(pools, usedHeap, fullness).filter(isWorthAWord)
}

/** A pool of the usual size is told among the findings only when it is a noticeable part of the heap. */
function isWorthAWord({ id, parameters }: HeapFinding): boolean {
  return id !== 'netty-pool' || ('of' in parameters && parameters.of === 'heap' && parameters.share >= LEAST_SHARE)
}

/** One for the memory on the heap and one for the direct memory of every pool that has chunks there. */
export function poolVerdicts(pools: readonly NettyPool[], usedHeap: number, fullness: number | null): HeapFinding[] {
  return pools.flatMap((pool) => [
    ...(pool.heap.chunks > 0 ? [onHeap(pool, usedHeap, fullness)] : []),
    ...(pool.direct.chunks > 0 ? [direct(pool, fullness)] : []),
  ])
}

function onHeap(pool: NettyPool, usedHeap: number, fullness: number | null): HeapFinding {
  const { lost, taken, bytes } = pool.heap
  const lostShare = (100 * lost) / usedHeap
  const parameters = { ...pool, of: 'heap' as const, share: (100 * bytes) / usedHeap, fullness }
  const isLeak = (lost >= LEAST_LOST && lostShare >= LEAST_SHARE) || (lost >= LEAST_LOST_EARLY && lost * 2 >= taken)
  if (!isLeak) return { id: 'netty-pool', severity: 'info', parameters }
  const isGrave = lostShare >= GRAVE_SHARE || (lostShare >= LEAST_SHARE && fullness !== null && fullness >= FULL)
  return { id: 'netty-leak', severity: isGrave ? 'critical' : 'warning', parameters }
}

function direct(pool: NettyPool, fullness: number | null): HeapFinding {
  const { lost, taken } = pool.direct
  const parameters = { ...pool, of: 'direct' as const, share: 0, fullness }
  if (lost < LEAST_LOST_DIRECT || lost * 2 < taken) return { id: 'netty-pool', severity: 'info', parameters }
  return { id: 'netty-leak', severity: 'warning', parameters }
}
