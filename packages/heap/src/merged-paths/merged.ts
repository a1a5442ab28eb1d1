/** What merged paths are, and what a heap remembers of them. */

/** Arrays by object index. */
export interface MergedPaths {
  /** Selected objects that are reachable. */
  readonly selected: number
  /** Those of them to which no path is left. */
  readonly unheld: number
  readonly isSelected: Uint8Array
  readonly parents: Uint32Array
  /** Selected objects at or below each, their bytes; 0 objects: it is on no path. */
  readonly objects: Uint32Array
  readonly bytes: Float64Array
}

/** The merged paths that were asked for last. */
export interface LastMerged {
  readonly key: string
  readonly merged: MergedPaths
  /** By the keys of its row: the objects whose children the level shows. */
  readonly levels: Map<string, Uint32Array>
}
