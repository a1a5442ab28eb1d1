/** How the JVM that wrote a dump lays out objects; an input of every size rule. */
export interface Layout {
  /** Bytes of a reference on the heap. */
  readonly referenceSize: 4 | 8
  readonly references: '32-bit' | 'compressed' | 'uncompressed'
  /** Bytes before the first field of an instance. */
  readonly instanceHeader: number
  /** Bytes before the first element of an array, length included. */
  readonly arrayHeader: number
  readonly compactHeaders: boolean
  /** Every object starts at, and its size is rounded up to, a multiple of this. */
  readonly alignment: number
  /** `chosen`: parts of it were given, not inferred. */
  readonly certainty: 'certain' | 'likely' | 'assumed' | 'chosen'
}
