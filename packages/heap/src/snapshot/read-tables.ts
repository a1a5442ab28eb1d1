/** Reads what write-tables.ts wrote. */
import type { StaticField } from '../parsed-heap.ts'
import { CLASS_KINDS, CLASS_RECORD, ROOT_RECORD, ROOT_TYPES, THREAD_RECORD } from './records.ts'
import type { Section } from './section.ts'
import {
  type ClassDetails,
  NO_OBJECT,
  type PathMark,
  type SnapshotClass,
  type SnapshotRoot,
  type SnapshotThread,
} from './snapshot.ts'
import { decodeJson } from './utf8.ts'

export interface ClassTable {
  readonly classes: readonly SnapshotClass[]
  /** class number → next object on the class object's shortest path. */
  readonly pathParent: Uint32Array
  /** index of a class object → number of the class. */
  readonly numberOfObject: ReadonlyMap<number, number>
}

export function readClassTable(numbers: Section, names: Section): ClassTable {
  const bytes = numbers.all()
  const nameOf = decodeJson(names.all()) as string[]
  const pathParent = new Uint32Array(nameOf.length)
  const numberOfObject = new Map<number, number>()
  const classes = nameOf.map((name, number) => {
    const record = new DataView(bytes.buffer, number * CLASS_RECORD.length, CLASS_RECORD.length)
    pathParent[number] = record.getUint32(CLASS_RECORD.pathParent, true)
    const snapshotClass = readClass(record, name, number)
    if (snapshotClass.index !== NO_OBJECT) numberOfObject.set(snapshotClass.index, number)
    return snapshotClass
  })
  return { classes, pathParent, numberOfObject }
}

function readClass(record: DataView, name: string, number: number): SnapshotClass {
  const at = CLASS_RECORD
  return {
    number,
    name,
    id: record.getBigUint64(at.id, true),
    loaderId: record.getBigUint64(at.loaderId, true),
    index: objectOrNone(record.getUint32(at.index, true)),
    loaderIndex: objectOrNone(record.getUint32(at.loaderIndex, true)),
    superNumber: record.getInt32(at.superNumber, true),
    kind: CLASS_KINDS[record.getUint8(at.kind)],
    elementSize: record.getUint8(at.elementSize),
    instanceSize: record.getFloat64(at.instanceSize, true),
    classObjectSize: record.getFloat64(at.classObjectSize, true),
    instances: record.getFloat64(at.instances, true),
    shallow: record.getFloat64(at.shallow, true),
    retainedMin: record.getFloat64(at.retainedMin, true),
    unreachableInstances: record.getFloat64(at.unreachableInstances, true),
    unreachableShallow: record.getFloat64(at.unreachableShallow, true),
  }
}

function objectOrNone(index: number): number {
  return index === 0 ? NO_OBJECT : index
}

export function readClassDetails(data: Section, starts: Section, number: number): ClassDetails {
  const { fields, statics } = readJsonRecord(data, starts, number) as {
    fields: ClassDetails['fields']
    statics: readonly (Omit<StaticField, 'value'> & { readonly value: number | string })[]
  }
  return { fields, statics: statics.map((field) => ({ ...field, value: staticValue(field.value) })) }
}

function staticValue(value: number | string): number | bigint {
  if (typeof value === 'number') return value
  return value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value)
}

/** Root records by their place in the table. */
export function readRoot(section: Section, place: number): SnapshotRoot {
  const word = (place * ROOT_RECORD.length) / 4
  const flags = place * ROOT_RECORD.length
  return {
    index: section.uint32(word + ROOT_RECORD.index / 4),
    threadIndex: objectOrNone(section.uint32(word + ROOT_RECORD.threadIndex / 4)),
    frame: section.uint32(word + ROOT_RECORD.frame / 4) | 0,
    type: ROOT_TYPES[section.uint8(flags + ROOT_RECORD.type)],
    viaThread: section.uint8(flags + ROOT_RECORD.viaThread) === 1,
  }
}

/** @returns what the virtual root refers to; searches ask it of every object that they meet, and there are few of them. */
export function readRootIndices(section: Section): ReadonlySet<number> {
  const roots = Array.from({ length: section.length / ROOT_RECORD.length }, (_, place) => readRoot(section, place))
  return new Set(roots.flatMap(({ index, viaThread }) => (viaThread ? [] : [index])))
}

/** @returns place of the first record of that object, or of where it would stand. */
export function findRoot(section: Section, index: number): number {
  let first = 0
  let end = section.length / ROOT_RECORD.length
  while (first < end) {
    const middle = (first + end) >>> 1
    if (section.uint32((middle * ROOT_RECORD.length) / 4) < index) first = middle + 1
    else end = middle
  }
  return first
}

export function readThread(numbers: Section, data: Section, starts: Section, position: number): SnapshotThread {
  const word = (position * THREAD_RECORD.length) / 4
  return {
    index: numbers.uint32(word + THREAD_RECORD.index / 4),
    serial: numbers.uint32(word + THREAD_RECORD.serial / 4),
    ...(readJsonRecord(data, starts, position) as Pick<SnapshotThread, 'frames' | 'locals'>),
  }
}

function readJsonRecord(data: Section, starts: Section, number: number): unknown {
  const from = starts.uint64(number)
  const bytes = new Uint8Array(starts.uint64(number + 1) - from)
  data.copy(from, bytes)
  return decodeJson(bytes)
}

/** Records of three numbers, ascending by the first: index, depth, top. */
export function findPathMark(marks: Section, index: number): PathMark | undefined {
  let from = 0
  let to = marks.length / 12
  while (from < to) {
    const middle = (from + to) >>> 1
    const at = marks.uint32(middle * 3)
    if (at === index) return { depth: marks.uint32(middle * 3 + 1), top: marks.uint32(middle * 3 + 2) }
    if (at < index) from = middle + 1
    else to = middle
  }
  return undefined
}
