/** What follows from the class table alone: which classes mean something special, and where fields stand in a record. */
import { BASIC_TYPES, sizeInDump } from './basic-types.ts'
import type { BasicType } from '../parsed-heap.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** A field in the record of an instance. */
export interface RecordField {
  readonly name: string
  readonly type: BasicType
  /** Byte offset from the first value of the record. */
  readonly offset: number
  /** Number of the class that declares it. */
  readonly declaredBy: number
}

/** Classes whose subclasses are known by a property of their own. */
const SPECIAL = {
  'java.lang.Thread': 'thread',
  'java.lang.ClassLoader': 'class-loader',
  'java.lang.Enum': 'enum',
  'java.lang.ref.WeakReference': 'weak',
  'java.lang.ref.SoftReference': 'soft',
  'java.lang.ref.PhantomReference': 'phantom',
  'java.lang.ref.FinalReference': 'finalizer',
  'java.lang.String': 'string',
  'java.lang.AbstractStringBuilder': 'string-builder',
  'java.lang.Class': 'class',
  'java.lang.Boolean': 'boxed',
  'java.lang.Character': 'boxed',
  'java.lang.Byte': 'boxed',
  'java.lang.Short': 'boxed',
  'java.lang.Integer': 'boxed',
  'java.lang.Long': 'boxed',
  'java.lang.Float': 'boxed',
  'java.lang.Double': 'boxed',
} as const
export type SpecialKind = (typeof SPECIAL)[keyof typeof SPECIAL]

export interface ClassFacts {
  /** What the class, or the nearest of its superclasses that is special, stands for. */
  kindOf(classNumber: number): SpecialKind | undefined
  /** Numbers of the class and its superclasses, from the class up. */
  chainOf(classNumber: number): readonly number[]
  /** All fields in record order: those of the class itself first, then its superclasses'. */
  fieldsOf(classNumber: number): readonly RecordField[]
  /** Bytes of the values in an instance record. */
  recordSizeOf(classNumber: number): number
  /** The class itself and its superclasses, nearest first. */
  chainOf(classNumber: number): readonly number[]
  /** Number of the first class of that name, or −1. */
  numberOf(className: string): number
}

export function classFacts(snapshot: Snapshot): ClassFacts {
  const classes = snapshot.classes()
  const numberByName = new Map<string, number>()
  for (const type of classes) if (!numberByName.has(type.name)) numberByName.set(type.name, type.number)
  const kinds = new Map<number, SpecialKind | undefined>()
  const layouts = new Map<number, readonly RecordField[]>()

  /** The chain from the class up; a damaged dump may have a loop in it, which ends the chain. */
  function chain(classNumber: number): number[] {
    const numbers: number[] = []
    const seen = new Set<number>()
    for (let number = classNumber; number >= 0 && !seen.has(number); number = classes[number].superNumber) {
      seen.add(number)
      numbers.push(number)
    }
    return numbers
  }
  function kindOf(classNumber: number): SpecialKind | undefined {
    if (!kinds.has(classNumber)) {
      const special = chain(classNumber).map((number) => SPECIAL[classes[number].name as keyof typeof SPECIAL])
      kinds.set(
        classNumber,
        special.find((kind) => kind !== undefined),
      )
    }
    return kinds.get(classNumber)
  }
  function fieldsOf(classNumber: number): readonly RecordField[] {
    let fields = layouts.get(classNumber)
    if (fields === undefined) {
      fields = recordFields(snapshot, chain(classNumber))
      layouts.set(classNumber, fields)
    }
    return fields
  }
  return {
    kindOf,
    chainOf: chain,
    fieldsOf,
    recordSizeOf(classNumber) {
      const last = fieldsOf(classNumber).at(-1)
      return last === undefined ? 0 : last.offset + sizeInDump(last.type, snapshot.meta.identifierSize)
    },
    numberOf: (className) => numberByName.get(className) ?? -1,
  }
}

function recordFields(snapshot: Snapshot, chain: readonly number[]): readonly RecordField[] {
  const fields: RecordField[] = []
  let offset = 0
  for (const declaredBy of chain)
    for (const { name, type } of snapshot.classDetails(declaredBy).fields) {
      if (!(type in BASIC_TYPES)) continue
      fields.push({ name, type, offset, declaredBy })
      offset += sizeInDump(type, snapshot.meta.identifierSize)
    }
  return fields
}
