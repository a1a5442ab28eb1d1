/**
 * Objects with addresses as a 64-bit JVM with compressed references gives them: one behind the other, each
 * aligned to 8 bytes. So the engine meets what it meets in real dumps.
 */
import { type HprofWriter, hprofWriter } from '@heaptrail/hprof/writer'
import { type TypeName, type TypedValue, sizeOfType } from '@heaptrail/hprof/writer-heap'

const HEADER = 12
const ARRAY_HEADER = 16
const REFERENCE = 4
const CLASS_OBJECT = 112
const FIRST_ADDRESS = 0x7_0000_0000

type Fields = Readonly<Record<string, TypeName>>

export interface Klass {
  readonly id: number
  /** Types of all fields, in record order. */
  readonly types: readonly TypeName[]
  /** Bytes of an instance on the heap. */
  readonly size: number
}

export class HeapBuilder {
  readonly writer: HprofWriter
  /** So far, class objects not counted. */
  objects = 0
  readonly #object: Klass
  readonly #names = new Map<string, number>()
  #address = FIRST_ADDRESS
  #classes = 0

  constructor(write: (bytes: Uint8Array) => void) {
    this.writer = hprofWriter(write, { takenAtMs: Date.UTC(2026, 0, 1) })
    this.#object = this.#declare('java.lang.Object', 0, {}, {})
  }

  /** A subclass of Object. `statics` are references. */
  klass(name: string, fields: Fields, statics: Readonly<Record<string, number>> = {}): Klass {
    return this.#declare(name, this.#object.id, fields, statics)
  }

  instance(klass: Klass, ...values: number[]): number {
    const id = this.#placeObject(klass.size)
    const typed = klass.types.map((type, field): TypedValue => [type, values[field] ?? 0])
    this.writer.instance(id, klass.id, typed)
    return id
  }

  references(klass: Klass, elements: readonly number[]): number {
    const id = this.#placeObject(ARRAY_HEADER + REFERENCE * elements.length)
    this.writer.objectArray(id, klass.id, elements)
    return id
  }

  /** An array too long to be held in memory as a list. */
  longReferences(klass: Klass, length: number, elementAt: (index: number) => number): number {
    const id = this.#placeObject(ARRAY_HEADER + REFERENCE * length)
    this.writer.streamedObjectArray(id, klass.id, length, elementAt)
    return id
  }

  bytes(content: ArrayLike<number>): number {
    const id = this.#placeObject(ARRAY_HEADER + content.length)
    this.writer.primitiveArray(id, 'byte', content)
    return id
  }

  #declare(name: string, superId: number, fields: Fields, statics: Readonly<Record<string, number>>): Klass {
    const named = this.#nameId(name.replaceAll('.', '/'))
    const id = this.#place(CLASS_OBJECT)
    this.writer.loadClass(++this.#classes, id, named)
    this.writer.classDump({
      id,
      superId,
      statics: Object.entries(statics).map(([field, to]) => ({ nameId: this.#nameId(field), value: ['object', to] })),
      fields: Object.entries(fields).map(([field, type]) => ({ nameId: this.#nameId(field), type })),
    })
    const types = Object.values(fields)
    const size = types.reduce((sum, type) => sum + (type === 'object' ? REFERENCE : sizeOfType(type, 8)), HEADER)
    return { id, types, size }
  }

  #nameId(text: string): number {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const id = this.#names.size + 1
    this.#names.set(text, id)
    this.writer.string(id, text)
    return id
  }

  #placeObject(size: number): number {
    this.objects += 1
    return this.#place(size)
  }

  #place(size: number): number {
    const at = this.#address
    this.#address += Math.ceil(size / 8) * 8
    return at
  }
}
