/**
 * How much memory an analysis takes, from what its passes have counted, and the refusal of what does not fit. Typed arrays
 * are not bounded by any limit of the JavaScript engine: without this, the system would end the process when its memory
 * runs out. Bytes per object and reference are those of docs/engine.md; what is missing here is paid for by `RESERVED`.
 */
export class NotEnoughMemoryError extends Error {
  readonly neededBytes: number
  readonly availableBytes: number

  constructor(neededBytes: number, free: FreeMemory, objects: number) {
    super(
      `This dump holds ${objects.toLocaleString('en-US')} objects. The rest of its analysis needs about ${gigabytes(neededBytes)} GB of memory, but only ${advice(neededBytes, free)}`,
    )
    this.name = 'NotEnoughMemoryError'
    this.neededBytes = neededBytes
    this.availableBytes = free.bytes
  }
}

/** What may still be taken, page cache counted as free. */
export interface FreeMemory {
  readonly bytes: number
  /** What sets the limit, and how much it has in all; absent where that is not known. */
  readonly within?: { readonly what: 'machine' | 'container'; readonly bytes: number }
}

/** What is free, and what to do, as the end of a sentence. */
function advice(neededBytes: number, { bytes, within }: FreeMemory): string {
  if (within === undefined) return `${gigabytes(bytes)} GB are free. Close other programs, then analyse the dump again.`
  const { what } = within
  // rounded up, so that what is asked for is enough
  const enough = (Math.ceil((within.bytes + neededBytes - bytes) / 1e8) / 10).toFixed(1)
  const free = `${gigabytes(bytes)} GB of the ${gigabytes(within.bytes)} GB of this ${what} are free.`
  return what === 'container'
    ? `${free} Raise the memory limit of the container to ${enough} GB or more, then analyse the dump again.`
    : `${free} Close other programs, or analyse the dump on a machine with ${enough} GB or more.`
}

export interface Counted {
  /** Objects in all. */
  readonly objects: number
  /** Arrays among them. */
  readonly arrays: number
  /** References in all; after the first pass, when only the objects are known, what is sure. */
  readonly references: number
}

/** Buffers, stacks, tables of classes: what does not grow with the objects. */
const RESERVED = 64 << 20

/** Columns of the second pass: class and first reference 8, position 5; 4 per reference. */
function secondPassBytes({ objects, references }: Counted): number {
  return objects * 13 + references * 4
}

/**
 * Beyond the columns of the second pass, in which the later phases work too. Numbering takes 8 bytes per object, bitmaps among
 * them, 4 per array and per reference. Inverting takes 12 per side edge, of which there is one less than references for each
 * object, and has what numbering gave back.
 */
function graphBytes({ objects, arrays, references }: Counted): number {
  return arrays * 4 + Math.max(objects * 8 + references * 4, references * 12 - objects * 4)
}

/**
 * Before the second pass. Nearly every object is referred to, so there are about as many references at least.
 * @throws NotEnoughMemoryError
 */
export function requireMemoryToParse(counted: Omit<Counted, 'references'>, free: FreeMemory): void {
  const least = { ...counted, references: counted.objects }
  check(secondPassBytes(least) + graphBytes(least), free, counted.objects)
}

/**
 * After the second pass, when all is counted and its columns are there.
 * @throws NotEnoughMemoryError
 */
export function requireMemoryForGraph(counted: Counted, free: FreeMemory): void {
  check(graphBytes(counted), free, counted.objects)
}

function check(bytes: number, free: FreeMemory, objects: number): void {
  // small heaps are not worth a look, and fit into what an idle process has
  if (bytes < RESERVED) return
  if (bytes + RESERVED > free.bytes) throw new NotEnoughMemoryError(bytes + RESERVED, free, objects)
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2)
}
