/**
 * The one owner of the graph phases' memory. First touch of fresh memory costs about as much as a pass over
 * it, so phases take their columns from here and give them back for the next phase: from one large reserve,
 * of which only what is touched takes memory, lowest free place first; and from buffers that others gave up
 * for good (the columns of a parse). What was touched already comes first.
 */
export interface Memory {
  /**
   * @param isBrief it comes back before long
   * @returns room for that many bytes, its contents undefined.
   */
  take(byteLength: number, isBrief?: boolean): Room
  /** Gives back a column that was taken here or that others gave up. Nobody may look at it afterwards. */
  give(column: ArrayBufferView<ArrayBufferLike>): void
  /** Gives back all of a column but its first bytes, which are all that was used. */
  shrink(column: ArrayBufferView<ArrayBufferLike>, byteLength: number): void
  /** Takes over a buffer that nobody looks at any more, but for its first bytes if need be. */
  adopt(buffer: ArrayBufferLike, kept?: number): void
}

export interface Room {
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
}

/** Free bytes from … to − 1 of a buffer. */
interface Gap {
  readonly buffer: ArrayBufferLike
  readonly from: number
  readonly to: number
}

/** Columns start at cache lines. */
const LINE = 64

type Allocate = (bytes: number) => ArrayBufferLike

/**
 * @param reserve bytes that the phases are expected to have in use at most; more is allocated when it is needed
 * @param allocate memory that another thread can read, where one is to
 */
export function createMemory(reserve: number, allocate: Allocate = (bytes) => new ArrayBuffer(bytes)): Memory {
  const main = reserveBuffer(reserve, allocate)
  let gaps: readonly Gap[] = main === undefined ? [] : [{ buffer: main, from: 0, to: main.byteLength }]
  /** What lies above in the reserve was never in use. */
  let untouched = 0
  return {
    take(byteLength, isBrief = false) {
      const size = lines(byteLength)
      const gap = bestGap(gaps, size, { main, untouched }, isBrief)
      if (gap === undefined) return { buffer: allocate(size), byteOffset: 0 }
      if (gap.buffer === main) untouched = Math.max(untouched, gap.from + size)
      const rest = gap.from + size < gap.to ? [{ ...gap, from: gap.from + size }] : []
      gaps = gaps.flatMap((one) => (one === gap ? rest : [one]))
      return { buffer: gap.buffer, byteOffset: gap.from }
    },
    give({ buffer, byteOffset, byteLength }) {
      const to = Math.min(byteOffset + lines(byteLength), wholeLines(buffer))
      if (byteOffset < to) gaps = withGap(gaps, { buffer, from: byteOffset, to })
    },
    shrink({ buffer, byteOffset, byteLength }, kept) {
      const [from, to] = [byteOffset + lines(kept), Math.min(byteOffset + lines(byteLength), wholeLines(buffer))]
      if (from < to) gaps = withGap(gaps, { buffer, from, to })
      // given back before it was used, as far as anybody knows
      if (buffer === main && to === untouched) untouched = from
    },
    adopt(buffer, kept = 0) {
      gaps = withGap(gaps, { buffer, from: kept === 0 ? 0 : lines(kept), to: wholeLines(buffer) })
    },
  }
}

/** Buffers of others may end within a line. */
function wholeLines(buffer: ArrayBufferLike): number {
  return Math.floor(buffer.byteLength / LINE) * LINE
}

function lines(bytes: number): number {
  return Math.max(LINE, Math.ceil(bytes / LINE) * LINE)
}

/** A system that does not lend memory in advance gets asked column by column. */
function reserveBuffer(bytes: number, allocate: Allocate): ArrayBufferLike | undefined {
  try {
    return allocate(lines(bytes))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What fills less of a gap is not worth breaking it. */
const WELL_FILLED = 0.7

interface Reserve {
  readonly main: ArrayBufferLike | undefined
  readonly untouched: number
}

/**
 * The smallest that fits outside the reserve, if it is filled well or soon whole again; else the lowest that fits within, as far as
 * that was touched; else whatever was touched.
 */
function bestGap(gaps: readonly Gap[], size: number, { main, untouched }: Reserve, isBrief: boolean): Gap | undefined {
  const fits = gaps.filter(({ from, to }) => to - from >= size)
  const outside = fits.filter(({ buffer }) => buffer !== main)
  const smallest = outside.reduce<Gap | undefined>(
    (a, b) => (a !== undefined && !isBetter(b, a, isBrief) ? a : b),
    undefined,
  )
  if (smallest !== undefined && (isBrief || size >= (smallest.to - smallest.from) * WELL_FILLED)) return smallest
  const within = fits.filter(({ buffer }) => buffer === main).toSorted((a, b) => a.from - b.from)
  return within.find(({ from }) => from + size <= untouched) ?? smallest ?? within[0]
}

/** Bytes. Sizes that differ by less are equal: columns have an entry or two more or less, and begin at cache lines. */
const ALIKE = 4096

/**
 * The smaller gap. Of two that are equal, a part of a large buffer is for what comes back soon, so that the buffer is whole again when
 * a column needs all of it.
 */
function isBetter(a: Gap, b: Gap, isBrief: boolean): boolean {
  const difference = a.to - a.from - (b.to - b.from)
  if (Math.abs(difference) > ALIKE) return difference < 0
  return isBrief ? a.buffer.byteLength > b.buffer.byteLength : a.buffer.byteLength < b.buffer.byteLength
}

/** Joins a gap with its neighbours. */
function withGap(gaps: readonly Gap[], gap: Gap): Gap[] {
  const isNext = (one: Gap) => one.buffer === gap.buffer && (one.to === gap.from || one.from === gap.to)
  const joined = gaps.filter(isNext)
  return [
    ...gaps.filter((one) => !isNext(one)),
    {
      buffer: gap.buffer,
      from: Math.min(gap.from, ...joined.map(({ from }) => from)),
      to: Math.max(gap.to, ...joined.map(({ to }) => to)),
    },
  ]
}

export function takeUint32(memory: Memory, length: number, isBrief = false): Uint32Array {
  const { buffer, byteOffset } = memory.take(length * 4, isBrief)
  return new Uint32Array(buffer, byteOffset, length)
}

export function takeInt32(memory: Memory, length: number): Int32Array {
  const { buffer, byteOffset } = memory.take(length * 4)
  return new Int32Array(buffer, byteOffset, length)
}

export function takeUint16(memory: Memory, length: number): Uint16Array {
  const { buffer, byteOffset } = memory.take(length * 2)
  return new Uint16Array(buffer, byteOffset, length)
}

export function takeUint8(memory: Memory, length: number): Uint8Array {
  const { buffer, byteOffset } = memory.take(length)
  return new Uint8Array(buffer, byteOffset, length)
}

export function takeFloat64(memory: Memory, length: number): Float64Array {
  const { buffer, byteOffset } = memory.take(length * 8)
  return new Float64Array(buffer, byteOffset, length)
}
