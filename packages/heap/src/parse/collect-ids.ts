import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { Sub } from '@heaptrail/hprof/tags'
import type { PassThread } from './pass-thread.ts'
import { type Units, unitCount } from './units.ts'

export interface IdsInput {
  readonly identifierSize: 4 | 8
  readonly units: Units
  /** Objects in all, which bounds how many ids there can be. */
  readonly objects: number
}

/** Pass for ids that fit no bitmap of slots: the ids of all objects of this thread's units, in the order of the dump. */
export function collectIds(input: IdsInput, thread: PassThread): BigUint64Array {
  const cursor = new HeapCursor(thread.source, input.identifierSize)
  const ids = new BigUint64Array(input.objects)
  // two stores of halves instead of one of a bigint, which would be an object
  const halves = new Int32Array(ids.buffer)
  const { first, bounds } = input.units
  let at = 0
  for (let unit = thread.next(); unit >= 0 && unit < unitCount(input.units); unit = thread.next()) {
    for (let range = first[unit]; range < first[unit + 1]; range++) {
      cursor.open(bounds[range * 2], bounds[range * 2 + 1])
      while (cursor.next()) {
        if (!isObject(cursor.tag) || (cursor.idHigh | cursor.idLow) === 0) continue
        halves[at++] = cursor.idLow
        halves[at++] = cursor.idHigh
      }
      thread.advance(bounds[range * 2 + 1] - bounds[range * 2])
    }
  }
  return ids.slice(0, at / 2)
}

function isObject(tag: number): boolean {
  return (tag >= Sub.classDump && tag <= Sub.primitiveArrayDump) || tag === Sub.primitiveArrayNoData
}
