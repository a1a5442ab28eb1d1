/** Netty's pools: what is taken from their chunks and has no owner any more cannot come back. */
import type { HeapFinding, NettyPool } from '@heaptrail/api/heap-findings'
import { FULL, MIB } from './limits.ts'

/** Of the used heap, for pools on the heap; percent. */
const LEAST_SHARE = 10
const LEAST_LOST = MIB
const GRAVE_SHARE = 30
/** Direct memory is no part of the heap; so much of it without an owner is worth a warning. */
const LEAST_LOST_DIRECT = 16 * MIB

export function judgePools(pools: readonly NettyPool[], usedHeap: number, fullness: number | null): HeapFinding[] {
  return pools.flatMap((pool) => [...onHeap(pool, usedHeap, fullness), ...direct(pool, fullness)])
}

function onHeap(pool: NettyPool, usedHeap: number, fullness: number | null): HeapFinding[] {
  const lostShare = (100 * pool.heap.lost) / usedHeap
  const share = (100 * pool.heap.bytes) / usedHeap
  const parameters = { ...pool, of: 'heap' as const, share, fullness }
  if (pool.heap.lost >= LEAST_LOST && lostShare >= LEAST_SHARE) {
    const isGrave = lostShare >= GRAVE_SHARE || (fullness !== null && fullness >= FULL)
    return [{ id: 'netty-leak', severity: isGrave ? 'critical' : 'warning', parameters }]
  }
  return share >= LEAST_SHARE ? [{ id: 'netty-pool', severity: 'info', parameters }] : []
}

function direct(pool: NettyPool, fullness: number | null): HeapFinding[] {
  const { lost, taken } = pool.direct
  if (lost < LEAST_LOST_DIRECT || lost * 2 < taken) return []
  return [{ id: 'netty-leak', severity: 'warning', parameters: { ...pool, of: 'direct', share: 0, fullness } }]
}
