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
  /** Bytes taken and not given back, the highest that was, and what lies idle. */
  readonly inUse: number
  readonly peak: number
  readonly idle: number
}

/** A reused buffer may be this much larger than needed; more would waste what a later phase wants. */
const MAX_WASTE = 1.5

export function createMemory(): Memory {
  const free: ArrayBufferLike[] = []
  let inUse = 0
  let peak = 0
  return {
    take(byteLength) {
      const buffer = takeBestFit(free, byteLength) ?? new ArrayBuffer(byteLength)
      inUse += buffer.byteLength
      peak = Math.max(peak, inUse)
      return buffer
    },
    give(buffer) {
      inUse = Math.max(0, inUse - buffer.byteLength)
      free.push(buffer)
    },
    trim() {
      for (const buffer of free.splice(0)) discard(buffer)
    },
    get inUse() {
      return inUse
    },
    get peak() {
      return peak
    },
    get idle() {
      return free.reduce((sum, buffer) => sum + buffer.byteLength, 0)
    },
  }
}

function takeBestFit(free: ArrayBufferLike[], byteLength: number): ArrayBufferLike | undefined {
  let best = -1
  for (let i = 0; i < free.length; i++) {
    const size = free[i].byteLength
    if (size < byteLength || size > byteLength * MAX_WASTE) continue
    if (best < 0 || size < free[best].byteLength) best = i
  }
  return best < 0 ? undefined : free.splice(best, 1)[0]
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
