/** Heads of the records of instances and arrays, in a window of the dump. */
import { Sub } from '@heaptrail/hprof/tags'
import type { BasicType } from '../../parsed-heap.ts'
import { sizeInDump } from '../basic-types.ts'
import { wrongDump } from '../record.ts'
import type { DumpWindow } from './file-order.ts'

/** Filled anew for each array: there are millions. */
export interface ArrayHead {
  /** 2 for an array of references. */
  type: BasicType
  length: number
  elementBytes: number
  /** Byte position of the first element in the dump. */
  start: number
}

export function arrayHead(): ArrayHead {
  return { type: 2, length: 0, elementBytes: 0, start: 0 }
}

/** @returns false where the dump does not have the contents. @throws QueryError when there is no array */
export function readArrayHead(head: ArrayHead, window: DumpWindow, position: number, ids: 4 | 8): boolean {
  const bytes = 1 + ids + 8 + 1
  const at = window.locate(position, bytes)
  if (at < 0) return false
  const { view } = window
  const tag = view.getUint8(at)
  // Android leaves out the contents of arrays that every process has.
  if (tag === Sub.primitiveArrayNoData) return false
  if (tag !== Sub.objectArrayDump && tag !== Sub.primitiveArrayDump) throw wrongDump()
  head.length = view.getUint32(at + 1 + ids + 4)
  const type = tag === Sub.objectArrayDump ? 2 : view.getUint8(at + bytes - 1)
  if (type !== 2 && (type < 4 || type > 11)) throw wrongDump()
  head.type = type as BasicType
  head.elementBytes = sizeInDump(head.type, ids)
  head.start = position + (type === 2 ? bytes - 1 + ids : bytes)
  return true
}

/** @returns where the values of an instance start in the view, −1 where the dump does not have them all. @throws QueryError when it is no instance */
export function locateValues(window: DumpWindow, position: number, ids: 4 | 8, bytes: number): number {
  const head = 1 + 2 * ids + 8
  const at = window.locate(position, head + bytes)
  if (at < 0) return -1
  if (window.view.getUint8(at) !== Sub.instanceDump) throw wrongDump()
  return window.view.getUint32(at + head - 4) < bytes ? -1 : at + head
}
