/**
 * A heap read by a reader of its own and searched by walking: what is reachable, and what is not any more when some objects are
 * taken away. Sizes of instances are those that the JVM itself counted, in the histogram beside the dump.
 */
import {
  NAME_OF_TYPE,
  type OracleClass,
  type OracleDump,
  type OracleObject,
  readWithOracle,
  referenceFields,
} from '@heaptrail/fixtures/oracle-reader'
import { COMPRESSED, align, arraySize } from '@heaptrail/fixtures/sizes'

export interface HandHeap {
  readonly dump: OracleDump
  /** Bytes of the objects that the roots reach, and of none that only the objects in `without` lead to. */
  reached(without?: ReadonlySet<number>): ReadonlySet<number>
  bytesOf(ids: Iterable<number>): number
  /** The name of its class; of a class object `java.lang.Class`. */
  classNameOf(id: number): string
  classOf(id: number): OracleClass | undefined
  /** An int or long, or the id in a reference, by the name of the field. */
  field(id: number, name: string): number
  /** A long, or the id in a reference. */
  static(className: string, name: string): number
}

const BYTES: Record<number, number> = { 2: 4, 4: 1, 5: 2, 6: 4, 7: 8, 8: 1, 9: 2, 10: 4, 11: 8 }

/**
 * @param histogram what `jmap -histo` printed of the same heap
 * @param classObjectSize of a class object, by its id: no histogram tells, and they have tests of their own
 */
export function heapByHand(bytes: Uint8Array, histogram: string, classObjectSize: (id: number) => number): HandHeap {
  const sizes = sizesIn(histogram)
  const dump = readWithOracle(bytes)
  const objects = new Map(dump.objects.map((object) => [object.id, object]))
  const edges = new Map<number, readonly number[]>()
  for (const object of dump.objects) edges.set(object.id, referencesOf(dump, object))
  for (const type of dump.classes.values()) {
    const statics = type.statics.flatMap((field) => (field.type === 2 ? [field.raw] : []))
    edges.set(type.id, [type.superId, type.loaderId, ...statics])
  }
  const chainOf = (id: number): OracleClass[] => {
    const type = dump.classes.get(id)
    return type === undefined ? [] : [type, ...chainOf(type.superId)]
  }
  const sizeOf = (id: number): number => {
    const object = objects.get(id)
    if (object === undefined) return classObjectSize(id)
    if (object.kind === 'object-array') return arraySize('object', object.elements.length, COMPRESSED)
    if (object.kind === 'primitive-array') return arraySize(NAME_OF_TYPE[object.type], object.length, COMPRESSED)
    const name = dump.classes.get(object.classId)?.name ?? ''
    if (name === 'java.lang.Class') return classObjectSize(id)
    const known = sizes.get(name)
    if (known !== undefined) return known
    // Hidden classes have other names there: these are as large as their fields.
    const fields = chainOf(object.classId).flatMap((type) => type.fields)
    return align(12 + fields.reduce((sum, { type }) => sum + (BYTES[type] ?? 0), 0), 8)
  }
  const classOf = (id: number): OracleClass | undefined => {
    const object = objects.get(id)
    return object === undefined || object.kind === 'primitive-array' ? undefined : dump.classes.get(object.classId)
  }
  return {
    dump,
    reached: (without) => reachedFrom(dump, edges, without ?? new Set()),
    bytesOf: (ids) => [...ids].reduce((sum, id) => sum + sizeOf(id), 0),
    classNameOf(id) {
      const object = objects.get(id)
      if (object?.kind === 'primitive-array') return `${NAME_OF_TYPE[object.type]}[]`
      return dump.classes.has(id) ? 'java.lang.Class' : (classOf(id)?.name ?? '')
    },
    classOf,
    field: (id, name) => fieldOf(dump, objects, chainOf, id, name),
    static(className, name) {
      const type = [...dump.classes.values()].find((each) => each.name === className)
      const found = type?.statics.find((each) => each.name === name)
      if (found === undefined) throw new Error(`${className} has no static field ${name}`)
      return found.raw
    },
  }
}

/** By class name, as Java writes it: bytes of one instance. */
function sizesIn(histogram: string): Map<string, number> {
  const rows = histogram.matchAll(/^ *\d+: +(\d+) +(\d+) +([^\s[]\S*)/gm)
  return new Map([...rows].map(([, instances, bytes, name = '']) => [name, Number(bytes) / Number(instances)]))
}

function referencesOf(dump: OracleDump, object: OracleObject): number[] {
  if (object.kind === 'object-array') return [object.classId, ...object.elements]
  return object.kind === 'instance' ? [object.classId, ...referenceFields(dump, object).map(({ id }) => id)] : []
}

function reachedFrom(
  dump: OracleDump,
  edges: ReadonlyMap<number, readonly number[]>,
  without: ReadonlySet<number>,
): Set<number> {
  const waiting = dump.roots.map(({ id }) => id)
  const reached = new Set<number>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id) || without.has(id) || !edges.has(id)) continue
    reached.add(id)
    waiting.push(...(edges.get(id) ?? []))
  }
  return reached
}

function fieldOf(
  dump: OracleDump,
  objects: ReadonlyMap<number, OracleObject>,
  chainOf: (id: number) => OracleClass[],
  id: number,
  name: string,
): number {
  const object = objects.get(id)
  if (object?.kind !== 'instance') throw new Error(`0x${id.toString(16)} is no instance`)
  let at = object.at
  for (const { type, name: found } of chainOf(object.classId).flatMap((each) => each.fields)) {
    const width = type === 2 ? dump.identifierSize : (BYTES[type] ?? 0)
    if (found === name) return width === 8 ? Number(dump.view.getBigInt64(at)) : dump.view.getInt32(at)
    at += width
  }
  throw new Error(`0x${id.toString(16)} has no field ${name}`)
}
