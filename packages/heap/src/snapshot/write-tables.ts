/** The small parts of a snapshot: classes, roots, threads. */
import type { ClassTotals } from '../graph/shallow-sizes.ts'
import type { HeapClass, ParsedHeap, RootType } from '../parsed-heap.ts'
import type { PageWriter } from './page-writer.ts'
import { CLASS_KINDS, CLASS_RECORD, ROOT_RECORD, ROOT_TYPES, THREAD_RECORD } from './records.ts'
import { encodeJson } from './utf8.ts'

/** What is known about a class besides its record. */
export interface ClassColumns extends ClassTotals {
  readonly retainedMin: Float64Array
  /** class number → index of its class object, 0 when it has none. */
  readonly classIndex: Uint32Array
  /** class number → index of its loader, 0 when it is not in the dump. */
  readonly loaderIndex: Uint32Array
  /** class number → next object on the class object's shortest path, 0 for the virtual root. */
  readonly pathParent: Uint32Array
}

export function writeClasses(pages: PageWriter, classes: readonly HeapClass[], columns: ClassColumns) {
  const bytes = new Uint8Array(classes.length * CLASS_RECORD.length)
  for (const [number, heapClass] of classes.entries()) {
    const record = new DataView(bytes.buffer, number * CLASS_RECORD.length, CLASS_RECORD.length)
    writeClass(record, heapClass, columns, number)
  }
  pages.section('class-numbers').put(bytes)
  pages.section('class-names').put(encodeJson(classes.map(({ name }) => name)))
  writeJsonRecords(
    pages,
    'class-details',
    classes.map(({ fields, statics }) => ({
      fields,
      statics: statics.map((field) => ({ ...field, value: jsonValue(field.value) })),
    })),
  )
}

function writeClass(record: DataView, heapClass: HeapClass, columns: ClassColumns, number: number) {
  const at = CLASS_RECORD
  record.setBigUint64(at.id, heapClass.id, true)
  record.setBigUint64(at.loaderId, heapClass.loaderId, true)
  record.setUint32(at.index, columns.classIndex[number], true)
  record.setUint32(at.loaderIndex, columns.loaderIndex[number], true)
  record.setInt32(at.superNumber, heapClass.superNumber, true)
  record.setUint32(at.pathParent, columns.pathParent[number], true)
  record.setFloat64(at.instanceSize, heapClass.instanceSize, true)
  record.setFloat64(at.classObjectSize, heapClass.classObjectSize, true)
  record.setFloat64(at.instances, columns.instances[number], true)
  record.setFloat64(at.shallow, columns.shallow[number], true)
  record.setFloat64(at.retainedMin, columns.retainedMin[number], true)
  record.setFloat64(at.unreachableInstances, columns.unreachableInstances[number], true)
  record.setFloat64(at.unreachableShallow, columns.unreachableShallow[number], true)
  record.setUint8(at.kind, CLASS_KINDS.indexOf(heapClass.kind))
  record.setUint8(at.elementSize, heapClass.elementSize)
}

/** JSON has neither bigint nor NaN nor infinities nor −0: those go as text. */
function jsonValue(value: number | bigint): number | string {
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

/** Root records by ascending object index. What is kept only because it was made a root has no other record. */
export function writeRoots(
  pages: PageWriter,
  { roots, unreachableRoots }: Pick<ParsedHeap, 'roots' | 'unreachableRoots'>,
  indexOfRank: Uint32Array,
) {
  const section = pages.section('roots')
  const bytes = new Uint8Array(ROOT_RECORD.length)
  const record = new DataView(bytes.buffer)
  const put = (index: number, type: RootType, threadIndex: number, frame: number, viaThread: boolean): void => {
    record.setUint32(ROOT_RECORD.index, index, true)
    record.setUint32(ROOT_RECORD.threadIndex, threadIndex, true)
    record.setInt32(ROOT_RECORD.frame, frame, true)
    record.setUint8(ROOT_RECORD.type, ROOT_TYPES.indexOf(type))
    record.setUint8(ROOT_RECORD.viaThread, viaThread ? 1 : 0)
    section.put(bytes)
  }
  const kept = unreachableRoots.map((rank) => indexOfRank[rank]).sort()
  let next = 0
  const putKeptBefore = (end: number): void => {
    while (next < kept.length && kept[next] < end) put(kept[next++], 'Unreachable', 0, -1, false)
  }
  for (const root of roots.toSorted((a, b) => indexOfRank[a.rank] - indexOfRank[b.rank])) {
    putKeptBefore(indexOfRank[root.rank])
    const threadIndex = root.threadRank < 0 ? 0 : indexOfRank[root.threadRank]
    put(indexOfRank[root.rank], root.type, threadIndex, root.frame, root.viaThread)
  }
  putKeptBefore(Infinity)
}

/** Threads in the order of the dump, each with what it holds. */
export function writeThreads(pages: PageWriter, { threads, roots }: ParsedHeap, indexOfRank: Uint32Array) {
  const locals = Map.groupBy(
    roots.filter(({ threadRank }) => threadRank >= 0),
    ({ threadRank }) => threadRank,
  )
  const bytes = new Uint8Array(threads.length * THREAD_RECORD.length)
  const record = new DataView(bytes.buffer)
  for (const [position, { rank, serial }] of threads.entries()) {
    record.setUint32(position * THREAD_RECORD.length + THREAD_RECORD.index, indexOfRank[rank], true)
    record.setUint32(position * THREAD_RECORD.length + THREAD_RECORD.serial, serial, true)
  }
  pages.section('thread-numbers').put(bytes)
  writeJsonRecords(
    pages,
    'threads',
    threads.map(({ rank, frames }) => ({
      frames: frames.map(({ text }) => text),
      locals: (locals.get(rank) ?? []).map((root) => ({
        index: indexOfRank[root.rank],
        type: root.type,
        frame: root.frame,
      })),
    })),
  )
}

/** One JSON text per record, and the 64-bit starts of all of them (and of the end). */
function writeJsonRecords(pages: PageWriter, name: 'class-details' | 'threads', records: readonly unknown[]) {
  const data = pages.section(name)
  const starts = pages.section(`${name}.starts`)
  for (const record of records) {
    starts.uint64(data.length)
    data.put(encodeJson(record))
  }
  starts.uint64(data.length)
}
