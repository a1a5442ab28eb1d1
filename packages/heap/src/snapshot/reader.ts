/**
 * The methods of an open snapshot, each over the few sections that it needs. Long because the interface is:
 * they share the sections and nothing else.
 */
import { LARGEST_KEPT } from '../graph/largest-of-class.ts'
import { type SizeTable, sizeTable } from '../graph/shallow-sizes.ts'
import { ClassReader, RetainedReader, WordReader } from './column-reader.ts'
import type { Directory, PackedName, RowsName, SectionName } from './format.ts'
import { type IdReader, SlotIds, SortedIds } from './id-reader.ts'
import { IncomingReader } from './incoming-reader.ts'
import { PackedReader } from './packed-reader.ts'
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
import { ShallowReader } from './shallow-reader.ts'
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

/** Objects whose ids are read at once. */
const PART = 8192

export class SnapshotReader implements Snapshot {
  readonly meta: SnapshotMeta
  readonly objectCount: number
  readonly reachableCount: number
  private readonly section: (name: SectionName) => Section
  private readonly classNumbers: ClassReader
  private readonly rankOf: WordReader
  private readonly indexOfRank: WordReader
  private readonly ids: IdReader
  private readonly positions: PackedReader
  private readonly lengths: PackedReader
  private readonly shallow: ShallowReader
  private readonly retained: RetainedReader
  private readonly dominators: WordReader
  private readonly outgoingRows: RowReader
  private readonly incomingRows: IncomingReader
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
    this.section = section
    this.classNumbers = new ClassReader(section('class-of'), directory.classWidth)
    const words = (name: SectionName) => new WordReader(section(name))
    const packed = (name: PackedName) => new PackedReader(section(name), section(`${name}.blocks`))
    const rows = (name: RowsName) => ({
      counts: section(`${name}.counts`),
      long: section(`${name}.long`),
      starts: section(`${name}.starts`),
    })
    this.rankOf = words('rank-of')
    this.indexOfRank = words('index-of-rank')
    this.ids =
      directory.ids === 'slots'
        ? new SlotIds(section('slots'), section('slots.pages'), section('slots.starts'))
        : new SortedIds(section('ids'))
    this.positions = packed('positions')
    this.lengths = packed('lengths')
    this.shallow = new ShallowReader(this.classNumbers, this.lengths, () => this.tables())
    this.retained = new RetainedReader(section('retained'), directory.retainedWidth, directory.sizeUnit)
    this.dominators = words('dominators')
    this.outgoingRows = new RowReader(rows('outgoing'), words('outgoing'), objects + 1)
    this.incomingRows = new IncomingReader(rows('incoming'), words('incoming'), this.dominators, objects + 1)
    this.childRows = new RowReader(rows('children'), packed('children'), reachable + 1)
    this.classRows = new RowReader(rows('by-class'), packed('by-class'), meta.classes)
    this.pathMarks = section('path-marks')
    this.rootTable = section('roots')
    this.threadNumbers = section('thread-numbers')
  }

  idOf(index: number): bigint {
    this.check(index)
    return this.ids.idOf(this.rankOf.at(index))
  }

  position(index: number): number {
    this.check(index)
    return this.positions.at(this.rankOf.at(index))
  }

  indexOf(id: bigint): number {
    if (id < 0n || id >= 1n << 64n) return NO_OBJECT
    const rank = this.ids.rankOf(id)
    return rank < 0 ? NO_OBJECT : this.indexOfRank.at(rank)
  }

  classOf(index: number): number {
    this.check(index)
    return this.classNumbers.at(index)
  }

  lengthOf(index: number): number {
    this.checkOrRoot(index)
    return this.lengths.at(index)
  }

  shallowSize(index: number): number {
    this.checkOrRoot(index)
    return this.shallow.at(index)
  }

  retainedSize(index: number): number {
    this.checkOrRoot(index)
    return this.retained.at(index)
  }

  immediateDominator(index: number): number {
    this.checkOrRoot(index)
    return index === VIRTUAL_ROOT || index > this.reachableCount ? NO_OBJECT : this.dominators.at(index)
  }

  dominatorChildCount(index: number): number {
    this.checkOrRoot(index)
    return this.childRows.count(index)
  }

  dominatorChildren(index: number, offset: number, limit: number): Uint32Array {
    this.checkOrRoot(index)
    return this.childRows.read(index, offset, limit)
  }

  outgoingCount(index: number): number {
    const classObject = this.classObjectOf(index)
    return this.outgoingRows.count(index) + (classObject === NO_OBJECT ? 0 : 1)
  }

  outgoing(index: number, offset = 0, limit = Infinity): Uint32Array {
    const classObject = this.classObjectOf(index)
    if (classObject === NO_OBJECT) return this.outgoingRows.read(index, offset, limit)
    if (offset > 0) return this.outgoingRows.read(index, offset - 1, limit)
    if (limit < 1) return new Uint32Array(0)
    const others = this.outgoingRows.read(index, 0, limit - 1)
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
    const explicit = this.incomingRows.read(index, offset + rootEntries, limit)
    const instances = this.instancesThatRefer(index)
    if (instances === 0 || explicit.length === limit) return explicit
    const explicitCount = this.incomingRows.count(index) - rootEntries
    const from = Math.max(0, offset - explicitCount)
    const count = Math.max(0, Math.min(limit - explicit.length, instances - from))
    const referring = this.classRows.read(this.classNumberOfObject(index), from, count)
    const all = new Uint32Array(explicit.length + referring.length)
    all.set(explicit)
    all.set(referring, explicit.length)
    return all
  }

  shortestPathParent(index: number): number {
    this.check(index)
    if (index > this.reachableCount) return NO_OBJECT
    const number = this.classNumberOfObject(index)
    return number < 0 ? this.incomingRows.first(index) : this.tables().pathParent[number]
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
    return this.classRows.read(number, offset, limit)
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
    if (this.isEmpty(from, target.length)) return
    this.classNumbers.read(from, target)
  }

  readLengths(from: number, target: Uint32Array) {
    if (this.isEmpty(from, target.length)) return
    this.lengths.read(from, target)
  }

  readShallowSizes(from: number, target: Float64Array) {
    if (this.isEmpty(from, target.length)) return
    this.shallow.read(from, target)
  }

  readRetainedSizes(from: number, target: Float64Array) {
    if (this.isEmpty(from, target.length)) return
    this.retained.read(from, target)
  }

  readDominators(from: number, target: Int32Array) {
    if (this.isEmpty(from, target.length)) return
    const reached = this.reachedOf(from, target.length)
    this.dominators.read(from, target.subarray(0, reached))
    target.fill(NO_OBJECT, reached)
    if (from === VIRTUAL_ROOT) target[0] = NO_OBJECT
  }

  readDominatorsAndSizes(from: number, measure: 'shallow' | 'retained', dominators: Int32Array, sizes: Float64Array) {
    this.readDominators(from, dominators)
    if (measure === 'shallow') this.readShallowSizes(from, sizes)
    else this.readRetainedSizes(from, sizes)
  }

  readPathParents(from: number, target: Uint32Array) {
    if (this.isEmpty(from, target.length)) return
    const reached = this.reachedOf(from, target.length)
    this.incomingRows.readFirsts(from, target.subarray(0, reached))
    target.fill(0, reached)
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
    if (this.isEmpty(from, target.length)) return
    const ranks = new Uint32Array(PART)
    for (let done = 0; done < target.length; done += PART) {
      const part = ranks.subarray(0, Math.min(PART, target.length - done))
      this.rankOf.read(from + done, part)
      for (let i = 0; i < part.length; i++) target[done + i] = this.ids.idOf(part[i])
    }
  }

  readByAddress(from: number, ids: BigUint64Array | undefined, indices: Uint32Array, positions?: Float64Array) {
    const to = from + indices.length
    if (!(from >= 0 && to <= this.objectCount)) throw new RangeError(`objects ${from} to ${to} of ${this.objectCount}`)
    this.indexOfRank.read(from, indices)
    if (ids !== undefined) this.ids.read(from, ids)
    if (positions !== undefined) this.positions.read(from, positions)
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

  /** How many of `count` indices from `from` on are not those of unreachable objects. */
  private reachedOf(from: number, count: number): number {
    return Math.max(0, Math.min(count, this.reachableCount + 1 - from))
  }

  /** @returns whether nothing is to be read. @throws RangeError */
  private isEmpty(from: number, count: number): boolean {
    if (count === 0) return true
    this.checkOrRoot(from)
    this.checkOrRoot(from + count - 1)
    return false
  }

  private check(index: number) {
    if (!(index >= 1 && index <= this.objectCount)) throw new RangeError(`no object ${index} of ${this.objectCount}`)
  }

  private checkOrRoot(index: number) {
    if (index !== VIRTUAL_ROOT) this.check(index)
  }
}
