import type { CursorStop } from '@heaptrail/hprof/heap-cursor'

/** How reading of one range ended, where that was not exactly at its end, or where it may be split. */
export interface RangeOutcome {
  readonly range: number
  /** Byte up to which sub-records were read. */
  readonly end: number
  /** Sub-record boundaries inside, at which the range may be divided. */
  readonly splits: readonly number[]
  /** Why not all of the range could be read. */
  readonly damage: string | undefined
}

/** Damage of a range that the file cuts off. */
export const FILE_ENDS = 'the file ends in the middle of its heap'

/** @param open its end is not to be trusted */
export function rangeOutcome(
  stop: CursorStop,
  { range, end, splits }: Omit<RangeOutcome, 'damage'>,
  open: boolean,
): RangeOutcome {
  switch (stop.kind) {
    case 'end':
      return { range, end, splits, damage: undefined }
    case 'next-record':
      return {
        range,
        end: stop.byte,
        splits,
        damage: open ? undefined : 'a record begins in the middle of a heap segment',
      }
    case 'cut':
      return {
        range,
        end: stop.byte,
        splits,
        damage: open ? FILE_ENDS : 'a sub-record reaches beyond its heap segment',
      }
    case 'damaged':
      return { range, end: stop.byte, splits, damage: stop.message }
  }
}
