/** Finding repeated targets within the references of one object. */

/** Runs up to this length are compared with themselves; longer ones use a bit per object. */
export const SHORT_RUN = 8

/**
 * Whether `target` is among run[first … end − 1]. Asked for each target of a run in turn.
 * @param seen a bit per object, all 0 when a run begins; long runs are remembered here: see `forget`
 */
export function isRepeated(
  run: Int32Array | Uint32Array,
  first: number,
  end: number,
  target: number,
  seen: Int32Array,
): boolean {
  const count = end - first
  if (count < SHORT_RUN) {
    for (let i = first; i < end; i++) if (run[i] === target) return true
    return false
  }
  if (count === SHORT_RUN) for (let i = first; i < end; i++) seen[run[i] >>> 5] |= 1 << (run[i] & 31)
  if ((seen[target >>> 5] & (1 << (target & 31))) !== 0) return true
  seen[target >>> 5] |= 1 << (target & 31)
  return false
}

/** To be called after a run of at least SHORT_RUN. */
export function forget(run: Int32Array | Uint32Array, first: number, end: number, seen: Int32Array) {
  for (let i = first; i < end; i++) seen[run[i] >>> 5] = 0
}
