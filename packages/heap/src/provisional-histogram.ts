/**
 * What the first pass over a dump knows already: how many objects of which class, and their sizes, unreachable
 * objects included. Plain data: it crosses a process boundary as JSON.
 */
export interface ProvisionalHistogram {
  /** Of all classes. */
  readonly objects: number
  /** Shallow. The layout of objects is a guess yet: what the finished analysis says can differ. */
  readonly bytes: number
  /** By falling bytes, equal ones by name, then id. */
  readonly classes: readonly ProvisionalClass[]
  /** The largest by bytes, at most LARGEST_ARRAYS. */
  readonly largestArrays: readonly ProvisionalArray[]
  /** Bytes of the dump that were counted, and whether these are all that it has: `false` while it still grows. */
  readonly bytesRead: number
  readonly isWhole: boolean
}

export interface ProvisionalClass {
  /** Hexadecimal with `0x`; arrays of a primitive type have none, as the records of such arrays name no class. */
  readonly id: string | undefined
  readonly name: string
  readonly instances: number
  readonly bytes: number
}

export interface ProvisionalArray {
  readonly id: string
  readonly className: string
  readonly elements: number
  readonly bytes: number
}

export const LARGEST_ARRAYS = 100

/** Told once after the first pass, and now and then before it is over where a dump is read while it arrives. */
export type OnHistogram = (histogram: ProvisionalHistogram) => void
