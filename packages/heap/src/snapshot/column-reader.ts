/** Reads the columns that lie in the file as they did in memory. */
import { PAGE } from './format.ts'
import type { Section } from './section.ts'

/** Class numbers by index. */
export class ClassReader {
  private readonly column: Section
  private readonly width: 2 | 4

  constructor(column: Section, width: 2 | 4) {
    this.column = column
    this.width = width
  }

  at(index: number): number {
    return this.width === 2 ? this.column.uint16(index) : this.column.uint32(index)
  }

  read(from: number, target: Uint32Array) {
    if (this.width === 4) return this.column.copyWords(from, target)
    for (let done = 0; done < target.length;) {
      const at = this.column.find((from + done) * 2) >>> 1
      const { halves } = this.column.pages
      const end = Math.min(target.length, done + PAGE / 2 - (at % (PAGE / 2)))
      target.set(halves.subarray(at, at + end - done), done)
      done = end
    }
  }
}

/** 32-bit numbers. */
export class WordReader {
  private readonly column: Section

  constructor(column: Section) {
    this.column = column
  }

  at(place: number): number {
    return this.column.uint32(place)
  }

  read(from: number, target: Uint32Array | Int32Array) {
    this.column.copyWords(from, target)
  }
}

/** Retained sizes in bytes by index; of the virtual root those of all that is reachable. */
export class RetainedReader {
  private readonly column: Section
  private readonly width: 4 | 8
  private readonly unit: number

  /** @param unit what sizes are stored in */
  constructor(column: Section, width: 4 | 8, unit: number) {
    this.column = column
    this.width = width
    this.unit = unit
  }

  at(index: number): number {
    const at = this.column.find(index * this.width)
    const { words, doubles } = this.column.pages
    return (this.width === 4 ? words[at >>> 2] : doubles[at >>> 3]) * this.unit
  }

  read(from: number, target: Float64Array) {
    const { column, unit, width } = this
    const perPage = PAGE / width
    for (let done = 0; done < target.length;) {
      let at = column.find((from + done) * width) / width
      const { words, doubles } = column.pages
      const end = Math.min(target.length, done + perPage - (at % perPage))
      if (width === 4) for (; done < end; done++) target[done] = words[at++] * unit
      else for (; done < end; done++) target[done] = doubles[at++] * unit
    }
  }
}
