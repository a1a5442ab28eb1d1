/** Lists of object indices, one per object or class, side by side: compressed sparse rows. */
export interface Rows {
  /** Row r is entries[start[r]] … entries[start[r + 1] − 1]. */
  readonly start: Uint32Array
  readonly entries: Uint32Array
}
