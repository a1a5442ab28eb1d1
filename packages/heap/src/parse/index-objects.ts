import { LAST_REFERENCE } from '../parsed-heap.ts'
import { HprofError } from '@heaptrail/hprof/errors'
import { counted } from './counted.ts'
import { type IdIndex, openIdIndex } from './id-index.ts'
import type { PassRunner } from './pass-runner.ts'
import type { ScannedDump } from './scan-dump.ts'
import { buildSlotIndex } from './slot-index.ts'
import { buildSortedIndex } from './sorted-index.ts'
import { units } from './units.ts'

export interface ObjectIndex {
  readonly ids: IdIndex
  /** Objects whose id another object had before them. */
  readonly duplicates: number
  readonly notes: readonly string[]
}

/**
 * Turns the ids of pass 1 into ranks: by a bitmap of heap slots where the ids allow it, else by a sorted list,
 * for which the ids are collected in a pass of their own.
 */
export async function indexObjects(identifierSize: 4 | 8, dump: ScannedDump, runner: PassRunner): Promise<ObjectIndex> {
  const { scans } = dump
  const objects = sum(scans, (scan) => scan.objects)
  if (objects >= LAST_REFERENCE - 1)
    throw new HprofError(`The dump has ${objects} objects; at most 2,147,483,646 can be read.`, 0)
  const zeroIds = sum(scans, (scan) => scan.zeroIds)
  const notes = zeroIds > 0 ? [`Left out: ${counted(zeroIds, 'object')} with the id 0, which means "no object".`] : []
  const fits = scans.every((scan) => scan.unaligned === 0 && !scan.sparse)
  const inThreads = sum(scans, (scan) => scan.duplicates)
  const slots = fits
    ? buildSlotIndex(
        scans.map((scan) => scan.pages),
        runner.allocate,
      )
    : undefined
  if (slots !== undefined) return result(slots.data, inThreads + slots.duplicates, notes)
  const input = { identifierSize, units: units(dump.ranges), objects }
  const parts = await runner.collectIds(input, () => undefined)
  const sorted = buildSortedIndex(parts, runner.allocate)
  return result(sorted.data, sorted.duplicates, notes)
}

function result(data: Parameters<typeof openIdIndex>[0], duplicates: number, notes: readonly string[]): ObjectIndex {
  const note = `Left out: ${counted(duplicates, 'object')} with an id that another one before had.`
  return { ids: openIdIndex(data), duplicates, notes: duplicates > 0 ? [...notes, note] : notes }
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((all, item) => all + value(item), 0)
}
