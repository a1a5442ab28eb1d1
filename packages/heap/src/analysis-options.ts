/** What can be chosen when a dump is analysed. Analyses of one dump that differ in this are different snapshots. */

export interface AnalysisOptions {
  /**
   * How shallow sizes are counted. `jvm`: as the JVM that wrote the dump laid its objects out; `mat`: exactly as
   * Eclipse MAT counts them, also in the layouts where it is wrong.
   */
  readonly sizes: 'jvm' | 'mat'
  /** Objects that no GC root reaches are kept: some of them become GC roots of the type `Unreachable`. */
  readonly keepUnreachable: boolean
  /** What of the object layout is not inferred from the dump but given. */
  readonly layout: LayoutOverride
}

/** Parts that are absent are inferred. */
export interface LayoutOverride {
  /** Bytes of a reference on the heap. */
  readonly referenceSize?: 4 | 8 | undefined
  /** Bytes before the first field: 8 (compact headers, or 32 bits), 12, or 16 (no compressed class pointers). */
  readonly instanceHeader?: 8 | 12 | 16 | undefined
  /** What objects are aligned to: a power of two from 8 to 256. */
  readonly alignment?: 8 | 16 | 32 | 64 | 128 | 256 | undefined
}

export const DEFAULT_OPTIONS: AnalysisOptions = { sizes: 'jvm', keepUnreachable: false, layout: {} }

/**
 * Short text that differs where options do: letters, digits and hyphens, fit for the name of a file.
 * @returns '' for the default options
 */
export function optionsKey({ sizes, keepUnreachable, layout }: AnalysisOptions): string {
  const parts = [
    sizes === 'mat' ? 'mat' : '',
    keepUnreachable ? 'keep' : '',
    layout.referenceSize === undefined ? '' : `r${layout.referenceSize}`,
    layout.instanceHeader === undefined ? '' : `h${layout.instanceHeader}`,
    layout.alignment === undefined ? '' : `a${layout.alignment}`,
  ]
  return parts.filter((part) => part !== '').join('-')
}
