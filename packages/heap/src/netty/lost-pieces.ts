/** Pieces of chunks that are given out and belong to nobody any more, by their size. */
import type { LostPieces } from './messages.ts'
import { type Chunk, lostBytes } from './pools.ts'

const MOST_SIZES = 20

export function lostPieces(chunks: readonly Chunk[]): LostPieces[] {
  const counts = new Map<number, number>()
  let told = 0
  for (const { use, live, cached } of chunks) {
    const owned = new Set([...live, ...cached].map(({ handle }) => use.keyOf(handle)))
    use.regions((key, size) => {
      if (owned.has(key)) return
      counts.set(size, (counts.get(size) ?? 0) + 1)
      told += size
    })
  }
  const rows = [...counts].map(([size, count]): LostPieces => ({ size, count, bytes: size * count }))
  const ordered = rows.toSorted((a, b) => b.bytes - a.bytes)
  const rest = chunks.reduce((sum, chunk) => sum + lostBytes(chunk), 0) - told
  const others = ordered.slice(MOST_SIZES).reduce((sum, { bytes }) => sum + bytes, Math.max(0, rest))
  return [...ordered.slice(0, MOST_SIZES), ...(others > 0 ? [{ size: null, count: null, bytes: others }] : [])]
}
