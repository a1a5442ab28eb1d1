import type { BasicType, FieldDescriptor, StaticField } from '../parsed-heap.ts'
import { typeName, valueSize } from '@heaptrail/hprof/tags'
import { type ClassTable, type TableRow, classTable } from './class-table.ts'
import type { ClassUses } from './class-uses.ts'
import type { IdIndex } from './id-index.ts'
import { counted } from './counted.ts'
import { readableClassName } from './names.ts'
import type { RawClass } from './raw-classes.ts'

/** A class with everything but sizes, which need the layout. Its number is its index in ClassList.entries. */
export interface ClassEntry {
  readonly id: bigint
  readonly rank: number
  readonly name: string
  readonly superNumber: number
  readonly loaderId: bigint
  readonly fields: readonly FieldDescriptor[]
  readonly statics: readonly StaticField[]
  readonly kind: 'instance' | 'object-array' | 'primitive-array'
  /** Of the elements of a primitive array. */
  readonly elementType: BasicType | undefined
  /** Byte of its sub-record; 0 when it is made up. */
  readonly position: number
}

export interface ClassList {
  readonly entries: readonly ClassEntry[]
  readonly table: ClassTable
  readonly javaLangClass: number
  readonly classLoader: number
  readonly notes: readonly string[]
}

export interface ClassInput {
  readonly identifierSize: 4 | 8
  readonly raw: readonly RawClass[]
  readonly ids: IdIndex
  /** Class id → id of its name. */
  readonly classNames: ReadonlyMap<bigint, bigint>
  /** String id → text. */
  readonly texts: ReadonlyMap<bigint, string>
  readonly uses: ReadonlyMap<bigint, ClassUse>
  /** Basic type → arrays of it. */
  readonly primitiveArrays: Float64Array
}

export interface ClassUse {
  instances: number
  arrays: number
  /** Elements of all its arrays. */
  elements: number
  /** Arrays with an odd number of elements. */
  odd: number
  /** Bytes of values of its largest instance. */
  largest: number
}

/** Superclass chains are not longer in real programs; also ends loops. */
const LONGEST_CHAIN = 1000
/** Class ids without a class that get an entry of their own; the rest share one. */
const MOST_UNKNOWN = 20_000
const JAVA_LANG_CLASS = 'java.lang.Class'
const CLASS_LOADER = 'java.lang.ClassLoader'

export function mergedUses(parts: readonly ClassUses[]): Map<bigint, ClassUse> {
  const uses = new Map<bigint, ClassUse>()
  for (const part of parts) {
    for (let i = 0; i < part.high.length; i++) {
      const id = (BigInt(part.high[i] >>> 0) << 32n) | BigInt(part.low[i] >>> 0)
      const use = uses.get(id) ?? { instances: 0, arrays: 0, elements: 0, odd: 0, largest: 0 }
      use.instances += part.instances[i]
      use.arrays += part.arrays[i]
      use.elements += part.elements[i]
      use.odd += part.odd[i]
      use.largest = Math.max(use.largest, part.largest[i])
      uses.set(id, use)
    }
  }
  return uses
}

/** Ids of strings that name classes, fields and statics. */
export function namesOfClasses(raw: readonly RawClass[], classNames: ReadonlyMap<bigint, bigint>): Set<bigint> {
  const wanted = new Set<bigint>()
  for (const one of raw) {
    const name = classNames.get(one.id)
    if (name !== undefined) wanted.add(name)
    for (const { nameId } of one.fields) wanted.add(nameId)
    for (const { nameId } of one.statics) wanted.add(nameId)
  }
  return wanted
}

/**
 * Numbers the classes: those of the dump by ascending id, then made-up ones for what the dump uses but does not
 * list. `java.lang.Class`, `java.lang.ClassLoader` and primitive arrays get the first ids that neither an object nor an
 * unknown class has (8, 16 …, as in Eclipse MAT); unknown classes keep the id by which their objects call them.
 */
export function buildClasses(input: ClassInput): ClassList {
  const raw = input.raw.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const numbers = new Map(raw.map((one, number) => [one.id, number]))
  const supers = superNumbers(raw, numbers)
  const entries = raw.map((one, number) => listedClass(input, one, supers.numbers[number]))
  const made = new MadeUp(entries, input)
  const javaLangClass = made.byName(JAVA_LANG_CLASS)
  const classLoader = made.byName(CLASS_LOADER)
  const primitive = new Int32Array(12).fill(-1)
  for (let type = 4; type < 12; type++) {
    if (input.primitiveArrays[type] > 0) primitive[type] = made.byName(`${typeName(type)}[]`)
  }
  const unknown = unknownClasses(input, numbers, made)
  const notes = [...supers.notes, ...unknown.notes, ...missingNames(entries)]
  const rows = entries.map((entry, number): TableRow => ({ id: entry.id, offsets: offsets(input, entries, number) }))
  return { entries, table: classTable(rows, unknown.number, primitive), javaLangClass, classLoader, notes }
}

function listedClass(input: ClassInput, one: RawClass, superNumber: number): ClassEntry {
  const { texts, ids } = input
  const named = texts.get(input.classNames.get(one.id) ?? -1n)
  const name = named === undefined ? `unknown-name@0x${one.id.toString(16)}` : readableClassName(named)
  const field = (nameId: bigint): string => texts.get(nameId) ?? `unknown-name@0x${nameId.toString(16)}`
  return {
    id: one.id,
    rank: rankOf(ids, one.id),
    name,
    superNumber,
    // some JVMs name a boot loader that is no object of the dump
    loaderId: rankOf(ids, one.loaderId) >= 0 ? one.loaderId : 0n,
    fields: one.fields.map(({ nameId, type }) => ({ name: field(nameId), type })),
    statics: one.statics.map(({ nameId, type, value }) => ({ name: field(nameId), type, value })),
    ...kindOf(name, (input.uses.get(one.id)?.arrays ?? 0) > 0),
    position: one.position,
  }
}

function kindOf(name: string, usedByArrays: boolean): Pick<ClassEntry, 'kind' | 'elementType'> {
  const elementType = PRIMITIVE_ARRAYS.get(name)
  if (elementType !== undefined) return { kind: 'primitive-array', elementType }
  return { kind: usedByArrays || name.endsWith('[]') ? 'object-array' : 'instance', elementType: undefined }
}

const PRIMITIVE_TYPES: readonly BasicType[] = [4, 5, 6, 7, 8, 9, 10, 11]
const PRIMITIVE_ARRAYS = new Map(PRIMITIVE_TYPES.map((type) => [`${typeName(type)}[]`, type]))

/** Number of each superclass, −1 where there is none or it would come round to the class again. */
export function superNumbers(
  raw: readonly RawClass[],
  numbers: ReadonlyMap<bigint, number>,
): { readonly numbers: Int32Array; readonly notes: readonly string[] } {
  const supers = Int32Array.from(raw, (one) => numbers.get(one.superId) ?? -1)
  let missing = 0
  let endless = 0
  for (let number = 0; number < raw.length; number++) {
    if (supers[number] < 0 && raw[number].superId !== 0n) missing++
    let steps = 0
    for (let at = number; at >= 0 && steps <= LONGEST_CHAIN; at = supers[at]) steps++
    if (steps <= LONGEST_CHAIN) continue
    supers[number] = -1
    endless++
  }
  const notes: string[] = []
  if (missing > 0) notes.push(`Not in the dump: the superclass of ${counted(missing, 'class', 'classes')}.`)
  if (endless > 0)
    notes.push(
      `Ignored: the superclass of ${counted(endless, 'class', 'classes')}, as it would come round to the class again.`,
    )
  return { numbers: supers, notes }
}

/** Adds classes that the dump lacks. */
class MadeUp {
  private readonly entries: ClassEntry[]
  private readonly input: ClassInput
  private readonly object: number
  private nextId = 0n

  constructor(entries: ClassEntry[], input: ClassInput) {
    this.entries = entries
    this.input = input
    this.object = entries.findIndex((entry) => entry.name === 'java.lang.Object')
  }

  /** Number of the boot loader's class of this name, or of any, or of a new one. */
  byName(name: string): number {
    const ofBoot = this.entries.findIndex((entry) => entry.name === name && entry.loaderId === 0n)
    const number = ofBoot >= 0 ? ofBoot : this.entries.findIndex((entry) => entry.name === name)
    if (number >= 0) return number
    const { ids, uses } = this.input
    do this.nextId += 8n
    while (rankOf(ids, this.nextId) >= 0 || uses.has(this.nextId))
    return this.add(this.nextId, name, kindOf(name, false), this.object)
  }

  /** @param superNumber absent for classes of which nothing is known, not even that */
  add(id: bigint, name: string, kind: Pick<ClassEntry, 'kind' | 'elementType'>, superNumber = -1): number {
    const entry = {
      id,
      rank: -1,
      name,
      superNumber,
      loaderId: 0n,
      fields: [],
      statics: [],
      ...kind,
      position: 0,
    }
    return this.entries.push(entry) - 1
  }
}

/** Entries for ids that objects name as their class, but that are no class of the dump. */
function unknownClasses(
  input: ClassInput,
  numbers: ReadonlyMap<bigint, number>,
  made: MadeUp,
): { readonly number: number; readonly notes: readonly string[] } {
  const missing = [...input.uses].filter(([id]) => !numbers.has(id)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (missing.length === 0) return { number: 0, notes: [] }
  const first = made.add(missing[0][0], unknownName(missing[0][0]), kindOf('', missing[0][1].arrays > 0))
  for (const [id, use] of missing.slice(1, MOST_UNKNOWN)) made.add(id, unknownName(id), kindOf('', use.arrays > 0))
  const objects = missing.reduce((sum, [, use]) => sum + use.instances + use.arrays, 0)
  const note = `Not in the dump: ${counted(missing.length, 'class', 'classes')} of ${counted(objects, 'object')}, whose fields cannot be read.`
  return { number: first, notes: [note] }
}

function unknownName(id: bigint): string {
  return `unknown-class@0x${id.toString(16)}`
}

function missingNames(entries: readonly ClassEntry[]): string[] {
  const unnamed = entries.filter((entry) => entry.name.startsWith('unknown-name@')).length
  return unnamed > 0
    ? [`Without a name in the dump: ${counted(unnamed, 'class', 'classes')} of ${entries.length}.`]
    : []
}

/** Offsets of references in the values of an instance: own fields first, then the superclass's, and so on. */
function offsets({ identifierSize, uses }: ClassInput, entries: readonly ClassEntry[], number: number): number[] {
  const found: number[] = []
  const end = uses.get(entries[number].id)?.largest ?? 0
  let at = 0
  for (let level = number; level >= 0 && at < end; level = entries[level].superNumber) {
    for (const { type } of entries[level].fields) {
      if (type === 2 && at < end) found.push(at)
      at += valueSize(type, identifierSize)
    }
  }
  return found
}

function rankOf(ids: IdIndex, id: bigint): number {
  return ids.rankOf(Number(id >> 32n), Number(id & 0xffffffffn))
}
