/**
 * How much memory an analysis takes, from what its passes have counted, and the refusal of what does not fit. Typed arrays
 * are not bounded by any limit of the JavaScript engine: without this, the system would end the process when its memory
 * runs out. Bytes per object and reference are those of docs/engine.md; what is missing here is paid for by `RESERVED`.
 */
export class NotEnoughMemoryError extends Error {
  readonly neededBytes: number
  readonly availableBytes: number

  constructor(neededBytes: number, availableBytes: number, objects: number) {
    super(
      `This dump holds ${objects.toLocaleString('en-US')} objects: its analysis needs about ${gigabytes(neededBytes)} GB of memory from here on, and ${gigabytes(availableBytes)} GB are free. Free memory or give this machine or container more, then analyse the dump again.`,
    )
    this.name = 'NotEnoughMemoryError'
    this.neededBytes = neededBytes
    this.availableBytes = availableBytes
  }
}

export interface Counted {
  /** Objects in all. */
  readonly objects: number
  /** References in all; after the first pass, when only the objects are known, what is sure. */
  readonly references: number
}

/** Buffers, stacks, tables of classes: what does not grow with the objects. */
const RESERVED = 64 << 20

/** Columns of the second pass: class and first reference 8, length 4, position 5; 4 per reference. */
function secondPassBytes({ objects, references }: Counted): number {
  return objects * 17 + references * 4
}

/**
 * Beyond the columns of the second pass, in which the later phases work too. Numbering takes 18 bytes per object and 4 per
 * reference. Inverting takes 12 per reference in graphs where nearly all references are side edges, but has what
 * numbering gave back.
 */
function graphBytes({ objects, references }: Counted): number {
  return Math.max(objects * 18 + references * 4, references * 12 - objects * 20)
}

/**
 * Before the second pass. Nearly every object is referred to, so there are about as many references at least.
 * @throws NotEnoughMemoryError
 */
export function requireMemoryToParse(objects: number, availableBytes: number): void {
  const least = { objects, references: objects }
  check(secondPassBytes(least) + graphBytes(least), availableBytes, objects)
}

/**
 * After the second pass, when all is counted and its columns are there.
 * @throws NotEnoughMemoryError
 */
export function requireMemoryForGraph(counted: Counted, availableBytes: number): void {
  check(graphBytes(counted), availableBytes, counted.objects)
}

function check(bytes: number, availableBytes: number, objects: number): void {
  // small heaps are not worth a look, and fit into what an idle process has
  if (bytes < RESERVED) return
  if (bytes + RESERVED > availableBytes) throw new NotEnoughMemoryError(bytes + RESERVED, availableBytes, objects)
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2)
}
