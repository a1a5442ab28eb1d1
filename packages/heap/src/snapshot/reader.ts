/**
 * The methods of an open snapshot, each over the few sections that it needs. Long because the interface is:
 * they share the sections and nothing else.
 */
import { LARGEST_KEPT } from '../graph/largest-of-class.ts'
import { type SizeTable, shallowSizeOf, sizeTable } from '../graph/shallow-sizes.ts'
import { AddressReader, ClassReader, ObjectReader } from './column-reader.ts'
import { type Directory, OBJECT_BLOCK, type RowsName, type SectionName } from './format.ts'
import {
  type ClassTable,
  findPathMark,
  findRoot,
  readClassDetails,
  readClassTable,
  readRoot,
  readRootIndices,
  readThread,
} from './read-tables.ts'
import { ROOT_RECORD, THREAD_RECORD } from './records.ts'
import { RowReader } from './row-reader.ts'
import type { Section } from './section.ts'
import {
  type ClassDetails,
  NO_OBJECT,
  type PathMark,
  type Snapshot,
  type SnapshotClass,
  type SnapshotMeta,
  type SnapshotRoot,
  type SnapshotThread,
  VIRTUAL_ROOT,
} from './snapshot.ts'

const dominatorAt = (index: number, distance: number) => (distance === 0 ? NO_OBJECT : index - distance)

export class SnapshotReader implements Snapshot {
  readonly meta: SnapshotMeta
  readonly objectCount: number
  readonly reachableCount: number
  private readonly directory: Directory
  private readonly section: (name: SectionName) => Section
  private readonly classNumbers: ClassReader
  private readonly rankColumn: Section
  private readonly indexOfRank: Section
  private readonly addresses: AddressReader
  private readonly objects: ObjectReader
  private readonly outgoingRows: RowReader
  private readonly incomingRows: RowReader
  private readonly childRows: RowReader
  private readonly classRows: RowReader
  private readonly pathMarks: Section
  private readonly rootTable: Section
  private readonly threadNumbers: Section
  /** Read on first use. */
  private classTable: (ClassTable & { readonly sizes: SizeTable }) | undefined
  private threadPositions: ReadonlyMap<number, number> | undefined
  private rootIndices: ReadonlySet<number> | undefined

  constructor(directory: Directory, section: (name: SectionName) => Section) {
    const { objects, reachable, meta } = directory
    this.meta = meta
    this.objectCount = objects
    this.reachableCount = reachable
    this.directory = directory
    this.section = section
    this.classNumbers = new ClassReader(section('class-of'), directory.classWidth)
    this.rankColumn = section('rank-of')
    this.indexOfRank = section('index-of-rank')
    this.addresses = new AddressReader(section('addresses'), section('addresses.blocks'), objects)
    this.objects = new ObjectReader(section('objects'), section('objects.blocks'), objects + 1)
    const rows = (name: RowsName, count: number) =>
      new RowReader(
        {
          rows: section(name),
          blocks: section(`${name}.blocks`),
          wide: section(`${name}.wide`),
          chunks: section(`${name}.chunks`),
        },
        count,
      )
    this.outgoingRows = rows('outgoing', objects + 1)
    this.incomingRows = rows('incoming', objects + 1)
    this.childRows = rows('children', reachable + 1)
    this.classRows = rows('by-class', meta.classes)
    this.pathMarks = section('path-marks')
    this.rootTable = section('roots')
    this.threadNumbers = section('thread-numbers')
  }

  idOf(index: number): bigint {
    this.readAddress(index)
    return (BigInt(this.addresses.high) << 32n) | BigInt(this.addresses.low)
  }

  position(index: number): number {
    this.readAddress(index)
    return this.addresses.position
  }

  indexOf(id: bigint): number {
    if (id < 0n || id >= 1n << 64n) return NO_OBJECT
    const rank = this.addresses.rankOf(Number(id >> 32n), Number(id & 0xffffffffn))
    return rank < 0 ? NO_OBJECT : this.indexOfRank.uint32(rank)
  }

  classOf(index: number): number {
    this.check(index)
    return this.classNumbers.at(index)
  }

  lengthOf(index: number): number {
    this.checkOrRoot(index)
    this.objects.read(index)
    return this.objects.length
  }

  shallowSize(index: number): number {
    this.checkOrRoot(index)
    if (index === VIRTUAL_ROOT) return 0
    this.objects.read(index)
    return this.shallowOf(index, this.classOf(index), this.objects.length)
  }

  retainedSize(index: number): number {
    const shallow = this.shallowSize(index)
    if (index === VIRTUAL_ROOT) this.objects.read(index)
    return shallow + this.objects.extra * this.directory.sizeUnit
  }

  immediateDominator(index: number): number {
    this.checkOrRoot(index)
    if (index === VIRTUAL_ROOT || index > this.reachableCount) return NO_OBJECT
    this.objects.read(index)
    return index - this.objects.dominatorDistance
  }

  dominatorChildCount(index: number): number {
    this.checkOrRoot(index)
    return this.childRows.count(index)
  }

  dominatorChildren(index: number, offset: number, limit: number): Uint32Array {
    this.checkOrRoot(index)
    return this.childRows.read(index, index, offset, limit)
  }

  outgoingCount(index: number): number {
    const classObject = this.classObjectOf(index)
    return this.outgoingRows.count(index) + (classObject === NO_OBJECT ? 0 : 1)
  }

  outgoing(index: number, offset = 0, limit = Infinity): Uint32Array {
    const classObject = this.classObjectOf(index)
    if (classObject === NO_OBJECT) return this.outgoingRows.read(index, index, offset, limit)
    if (offset > 0) return this.outgoingRows.read(index, index, offset - 1, limit)
    if (limit < 1) return new Uint32Array(0)
    const others = this.outgoingRows.read(index, index, 0, limit - 1)
    const all = new Uint32Array(others.length + 1)
    all[0] = classObject
    all.set(others, 1)
    return all
  }

  incomingCount(index: number): number {
    this.check(index)
    return this.incomingRows.count(index) - this.rootEntries(index) + this.instancesThatRefer(index)
  }

  incoming(index: number, offset = 0, limit = Infinity): Uint32Array {
    this.check(index)
    const rootEntries = this.rootEntries(index)
    const explicit = this.incomingRows.read(index, index, offset + rootEntries, limit)
    const instances = this.instancesThatRefer(index)
    if (instances === 0 || explicit.length === limit) return explicit
    const explicitCount = this.incomingRows.count(index) - rootEntries
    const from = Math.max(0, offset - explicitCount)
    const count = Math.max(0, Math.min(limit - explicit.length, instances - from))
    const referring = this.classRows.read(this.classNumberOfObject(index), 0, from, count)
    const all = new Uint32Array(explicit.length + referring.length)
    all.set(explicit)
    all.set(referring, explicit.length)
    return all
  }

  shortestPathParent(index: number): number {
    this.check(index)
    if (index > this.reachableCount) return NO_OBJECT
    const number = this.classNumberOfObject(index)
    return number < 0 ? this.incomingRows.read(index, index, 0, 1)[0] : this.tables().pathParent[number]
  }

  pathMark(index: number): PathMark | undefined {
    return findPathMark(this.pathMarks, index)
  }

  isRoot(index: number): boolean {
    this.check(index)
    return this.rootEntries(index) > 0
  }

  rootsOf(index: number): readonly SnapshotRoot[] {
    this.check(index)
    const roots: SnapshotRoot[] = []
    for (let place = findRoot(this.rootTable, index); place < this.rootCount(); place++) {
      const root = readRoot(this.rootTable, place)
      if (root.index !== index) break
      roots.push(root)
    }
    return roots
  }

  rootCount(): number {
    return this.rootTable.length / ROOT_RECORD.length
  }

  roots(offset: number, limit: number): readonly SnapshotRoot[] {
    const count = Math.max(0, Math.min(limit, this.rootCount() - offset))
    return Array.from({ length: count }, (_, i) => readRoot(this.rootTable, offset + i))
  }

  classes(): readonly SnapshotClass[] {
    return this.tables().classes
  }

  classDetails(number: number): ClassDetails {
    if (!(number >= 0 && number < this.meta.classes)) throw new RangeError(`no class ${number}`)
    return readClassDetails(this.section('class-details'), this.section('class-details.starts'), number)
  }

  classNumberOfObject(index: number): number {
    return this.tables().numberOfObject.get(index) ?? -1
  }

  objectsOfClassCount(number: number): number {
    return this.classRows.count(number)
  }

  objectsOfClass(number: number, offset: number, limit: number): Uint32Array {
    return this.classRows.read(number, 0, offset, limit)
  }

  largestOfClass(number: number): Uint32Array | undefined {
    const place = this.largeClasses().indexOf(number)
    if (place < 0) return undefined
    const bytes = new Uint8Array(LARGEST_KEPT * 4)
    this.section('largest').copy(place * bytes.length, bytes)
    return new Uint32Array(bytes.buffer)
  }

  threadCount(): number {
    return this.threadNumbers.length / THREAD_RECORD.length
  }

  thread(position: number): SnapshotThread {
    if (!(position >= 0 && position < this.threadCount())) throw new RangeError(`no thread ${position}`)
    return readThread(this.threadNumbers, this.section('threads'), this.section('threads.starts'), position)
  }

  threadOfObject(index: number): number {
    this.threadPositions ??= new Map(
      Array.from({ length: this.threadCount() }, (_, position) => [
        this.threadNumbers.uint32((position * THREAD_RECORD.length + THREAD_RECORD.index) / 4),
        position,
      ]),
    )
    return this.threadPositions.get(index) ?? -1
  }

  readClasses(from: number, target: Uint32Array) {
    this.checkOrRoot(from + target.length - 1)
    this.classNumbers.read(from, target)
  }

  readLengths(from: number, target: Uint32Array) {
    const { objects } = this
    this.scan(from, target.length, (i, place) => (target[i] = objects.lengths[place]))
  }

  readShallowSizes(from: number, target: Float64Array) {
    this.scanSizes(from, target, 0)
  }

  readRetainedSizes(from: number, target: Float64Array) {
    this.scanSizes(from, target, this.directory.sizeUnit)
  }

  readDominators(from: number, target: Int32Array) {
    const { dominatorDistances } = this.objects
    this.scan(from, target.length, (i, place) => (target[i] = dominatorAt(from + i, dominatorDistances[place])))
  }

  readDominatorsAndSizes(from: number, measure: 'shallow' | 'retained', dominators: Int32Array, sizes: Float64Array) {
    this.scanSizes(from, sizes, measure === 'shallow' ? 0 : this.directory.sizeUnit, dominators)
  }

  readPathParents(from: number, target: Uint32Array) {
    this.incomingRows.readFirsts(from, target)
    const { numberOfObject, pathParent } = this.tables()
    for (const [index, number] of numberOfObject)
      if (index >= from && index < from + target.length) target[index - from] = pathParent[number]
  }

  scanReferences(
    from: number,
    count: number,
    visit: (index: number, targets: Uint32Array, start: number, end: number) => void,
  ) {
    this.outgoingRows.scan(from, from + count, visit)
  }

  readIds(from: number, target: BigUint64Array) {
    for (let i = 0; i < target.length; i++) target[i] = from + i === VIRTUAL_ROOT ? 0n : this.idOf(from + i)
  }

  readByAddress(from: number, ids: BigUint64Array | undefined, indices: Uint32Array, positions?: Float64Array) {
    this.addresses.scan(from, from + indices.length, (rank) => {
      if (ids !== undefined) ids[rank - from] = (BigInt(this.addresses.high) << 32n) | BigInt(this.addresses.low)
      if (positions !== undefined) positions[rank - from] = this.addresses.position
    })
    for (let i = 0; i < indices.length; i++) indices[i] = this.indexOfRank.uint32(from + i)
  }

  /** Shallow sizes, and `unit` times what is retained besides. */
  private scanSizes(from: number, target: Float64Array, unit: number, dominators?: Int32Array) {
    const { lengths, extras, dominatorDistances } = this.objects
    const classOf = this.classNumbers.readOnce(from, target.length)
    const { sizes, numberOfObject } = this.tables()
    this.scan(from, target.length, (i, place) => {
      target[i] = shallowSizeOf(sizes, classOf[i], lengths[place]) + extras[place] * unit
      if (dominators !== undefined) dominators[i] = dominatorAt(from + i, dominatorDistances[place])
    })
    if (from === VIRTUAL_ROOT && target.length > 0) target[0] = unit === 0 ? 0 : this.retainedSize(VIRTUAL_ROOT)
    for (const [index, number] of numberOfObject) {
      const i = index - from
      if (i < 0 || i >= target.length) continue
      target[i] += sizes.classObjectSize[number] - shallowSizeOf(sizes, classOf[i], this.lengthOf(index))
    }
  }

  /** Calls `visit` for each of `count` objects: their number in the scan, and their place in the arrays of `objects`. */
  private scan(from: number, count: number, visit: (i: number, place: number) => void) {
    if (count === 0) return
    this.checkOrRoot(from)
    this.checkOrRoot(from + count - 1)
    for (let i = 0; i < count;) {
      const first = this.objects.readBlock(from + i)
      const end = Math.min(count, first + OBJECT_BLOCK - from)
      for (; i < end; i++) visit(i, from + i - first)
    }
  }

  private shallowOf(index: number, classNumber: number, length: number): number {
    const { sizes, numberOfObject } = this.tables()
    const stood = numberOfObject.get(index)
    return stood === undefined ? shallowSizeOf(sizes, classNumber, length) : sizes.classObjectSize[stood]
  }

  private classObjectOf(index: number): number {
    return this.tables().classes[this.classOf(index)].index
  }

  /** 1 when the row of incoming references starts with the virtual root. */
  private rootEntries(index: number): number {
    this.rootIndices ??= readRootIndices(this.rootTable)
    return this.rootIndices.has(index) ? 1 : 0
  }

  /** How many instances refer to this object because it is their class object. */
  private instancesThatRefer(index: number): number {
    const number = this.classNumberOfObject(index)
    if (number < 0) return 0
    const { instances, unreachableInstances } = this.tables().classes[number]
    return index <= this.reachableCount ? instances : unreachableInstances
  }

  private largeClasses(): Uint32Array {
    return new Uint32Array(this.section('largest.classes').all().buffer)
  }

  private tables(): ClassTable & { readonly sizes: SizeTable } {
    if (this.classTable === undefined) {
      const table = readClassTable(this.section('class-numbers'), this.section('class-names'))
      this.classTable = { ...table, sizes: sizeTable(table.classes, this.meta.layout) }
    }
    return this.classTable
  }

  private readAddress(index: number) {
    this.check(index)
    this.addresses.read(this.rankColumn.uint32(index))
  }

  private check(index: number) {
    if (!(index >= 1 && index <= this.objectCount)) throw new RangeError(`no object ${index} of ${this.objectCount}`)
  }

  private checkOrRoot(index: number) {
    if (index !== VIRTUAL_ROOT) this.check(index)
  }
}
