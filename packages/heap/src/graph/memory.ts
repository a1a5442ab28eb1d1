/**
 * The one owner of the graph phases' memory. First touch of fresh memory costs about as much as a pass
 * over it, so a phase takes its columns from here and gives them back for the next phase to reuse.
 */
export interface Memory {
  /** @returns a buffer of at least that many bytes; its contents are undefined. */
  take(byteLength: number): ArrayBufferLike
  /** Hands a buffer over for reuse. Nobody may look at it through an old view afterwards. */
  give(buffer: ArrayBufferLike): void
  /** Returns the idle buffers to the system. */
  trim(): void
}

/**
 * A reused buffer may be so much larger than needed; more would waste what a later phase wants. Shared buffers
 * (the columns of a parse on several threads) cannot be freed, so they are reused first, and almost anyhow.
 */
const MAX_WASTE = 1.5
const MAX_WASTE_SHARED = 4

export function createMemory(): Memory {
  const free: ArrayBufferLike[] = []
  return {
    take: (byteLength) => takeBestFit(free, byteLength) ?? new ArrayBuffer(byteLength),
    give: (buffer) => void free.push(buffer),
    trim() {
      for (const buffer of free.splice(0)) discard(buffer)
    },
  }
}

function takeBestFit(free: ArrayBufferLike[], byteLength: number): ArrayBufferLike | undefined {
  const fits = free.filter((buffer) => {
    const waste = buffer instanceof ArrayBuffer ? MAX_WASTE : MAX_WASTE_SHARED
    return buffer.byteLength >= byteLength && buffer.byteLength <= byteLength * waste
  })
  const shared = fits.filter((buffer) => !(buffer instanceof ArrayBuffer))
  const [best] = (shared.length > 0 ? shared : fits).toSorted((a, b) => a.byteLength - b.byteLength)
  if (best !== undefined) free.splice(free.indexOf(best), 1)
  return best
}

/** Detaching frees the memory at once; shared buffers have to wait for the garbage collector. */
function discard(buffer: ArrayBufferLike) {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}

export function takeUint32(memory: Memory, length: number): Uint32Array {
  return new Uint32Array(memory.take(length * 4), 0, length)
}

export function takeInt32(memory: Memory, length: number): Int32Array {
  return new Int32Array(memory.take(length * 4), 0, length)
}

/** Gives a column back, unless it shares its buffer with others. */
export function giveColumn(memory: Memory, column: ArrayBufferView<ArrayBufferLike> | undefined) {
  if (column === undefined || column.byteOffset !== 0) return
  memory.give(column.buffer)
}
