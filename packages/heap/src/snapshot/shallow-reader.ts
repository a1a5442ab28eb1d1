/** Shallow sizes are stored nowhere: they follow from class and array length, those of class objects stand in the class table. */
import { type SizeTable, shallowSizeOf } from '../graph/shallow-sizes.ts'
import type { ClassReader } from './column-reader.ts'
import type { PackedReader } from './packed-reader.ts'
import { VIRTUAL_ROOT } from './snapshot.ts'

/** Objects whose classes and lengths are read at once. */
const PART = 8192

/** What sizes follow from. */
export interface ShallowFacts {
  readonly sizes: SizeTable
  /** index of a class object → number of the class. */
  readonly numberOfObject: ReadonlyMap<number, number>
}

export class ShallowReader {
  private readonly classes: ClassReader
  private readonly lengths: PackedReader
  private readonly facts: () => ShallowFacts
  private readonly partClasses = new Uint32Array(PART)
  private readonly partLengths = new Uint32Array(PART)

  /** @param facts asked when a size is */
  constructor(classes: ClassReader, lengths: PackedReader, facts: () => ShallowFacts) {
    this.classes = classes
    this.lengths = lengths
    this.facts = facts
  }

  at(index: number): number {
    if (index === VIRTUAL_ROOT) return 0
    const { sizes, numberOfObject } = this.facts()
    const stood = numberOfObject.get(index)
    if (stood !== undefined) return sizes.classObjectSize[stood]
    const number = this.classes.at(index)
    const size = sizes.instanceSize[number]
    return size >= 0 ? size : shallowSizeOf(sizes, number, this.lengths.at(index))
  }

  read(from: number, target: Float64Array) {
    const { sizes, numberOfObject } = this.facts()
    for (let done = 0; done < target.length; done += PART)
      this.readPart(from + done, target.subarray(done, done + PART), sizes)
    for (const [index, number] of numberOfObject) {
      const place = index - from
      if (place >= 0 && place < target.length) target[place] = sizes.classObjectSize[number]
    }
    if (from === VIRTUAL_ROOT && target.length > 0) target[0] = 0
  }

  /** As if there were no class objects. */
  private readPart(from: number, target: Float64Array, sizes: SizeTable) {
    const classes = this.partClasses.subarray(0, target.length)
    const lengths = this.partLengths.subarray(0, target.length)
    this.classes.read(from, classes)
    this.lengths.read(from, lengths)
    const { instanceSize } = sizes
    for (let i = 0; i < target.length; i++) {
      const size = instanceSize[classes[i]]
      target[i] = size >= 0 ? size : shallowSizeOf(sizes, classes[i], lengths[i])
    }
  }
}
