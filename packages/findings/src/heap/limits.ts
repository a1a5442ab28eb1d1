/** The figures of the rules, in one place. Shares are percent of the used heap. */
import type { Severity } from '@heaptrail/api/findings'

export const MIB = 1 << 20
/** From here a suspect is critical. */
export const CRITICAL_SHARE = 50
export const WARNING_SHARE = 20
/** Below WARNING_SHARE only collections of very many of the program's own objects are suspects. */
export const LEAST_SHARE = 10
export const MANY_ITEMS = 1000
export const FEW_ITEMS = 100
/** What holds less than this is nobody's problem yet, whatever its share of a small heap. */
export const LEAST_BYTES = 4 * MIB
/** What no own code has to do with must be larger to be told. */
export const LIBRARY_SHARE = 30
export const LIBRARY_BYTES = 8 * MIB
/** So many buffers of one size are a pool, unless there are more. */
export const MOST_POOLED = 1024
/** Percent of the largest heap from which on it counts as full. */
export const FULL = 85

/** Below this many percent of the largest heap nothing is urgent, and what the program needs may well be most of it. */
export const ROOMY = 50

export function severityOf(share: number, mildest: Severity = 'warning'): Severity {
  return share >= CRITICAL_SHARE ? 'critical' : mildest
}
