/** Reads what packed-writer.ts wrote: columns of numbers below 2^53, in blocks each of which has the width that its values need. */
import { PACKED_BLOCK, PACKED_ENTRY, PAGE } from './format.ts'
import type { Section } from './section.ts'

type PageViews = Pick<Section['pages'], 'bytes' | 'halves' | 'words' | 'doubles'>

export class PackedReader {
  private readonly data: Section
  private readonly blocks: Section
  /** Of the block that was located last: its least value, and where it starts in `data`. */
  private base = 0
  private start = 0
  private width = 0

  constructor(data: Section, blocks: Section) {
    this.data = data
    this.blocks = blocks
  }

  at(place: number): number {
    this.locate(Math.floor(place / PACKED_BLOCK))
    const { width } = this
    const at = this.data.find(this.start + (place % PACKED_BLOCK) * width)
    const { bytes, halves, words, doubles } = this.data.pages
    if (width === 1) return this.base + bytes[at]
    if (width === 2) return this.base + halves[at >>> 1]
    return this.base + (width === 4 ? words[at >>> 2] : doubles[at >>> 3])
  }

  /** Fills `target` with the values in the places `from`, `from` + 1, … */
  read(from: number, target: Uint32Array | Float64Array) {
    for (let done = 0; done < target.length;) {
      const place = from + done
      const inBlock = place % PACKED_BLOCK
      this.locate((place - inBlock) / PACKED_BLOCK)
      const { base, width } = this
      const at = this.data.find(this.start + inBlock * width) / width
      // a block goes on on the next page where this one ends
      const inPage = PAGE / width - (at % (PAGE / width))
      const end = Math.min(target.length, done + Math.min(PACKED_BLOCK - inBlock, inPage))
      if (target instanceof Float64Array) addFloats(target, done, end, this.data.pages, width, at, base)
      else addWords(target, done, end, this.data.pages, width, at, base)
      done = end
    }
  }

  private locate(block: number) {
    const at = this.blocks.find(block * PACKED_ENTRY)
    const { words, doubles } = this.blocks.pages
    this.base = doubles[at >>> 3]
    this.start = words[(at >>> 2) + 2] * PACKED_BLOCK
    this.width = words[(at >>> 2) + 3]
  }
}

/** One loop for each kind of array: what can be of several kinds takes several times as long. */
function addWords(
  target: Uint32Array,
  from: number,
  to: number,
  { bytes, halves, words }: PageViews,
  width: number,
  place: number,
  base: number,
) {
  let at = place
  if (width === 1) for (let i = from; i < to; i++) target[i] = base + bytes[at++]
  else if (width === 2) for (let i = from; i < to; i++) target[i] = base + halves[at++]
  else for (let i = from; i < to; i++) target[i] = base + words[at++]
}

function addFloats(
  target: Float64Array,
  from: number,
  to: number,
  { bytes, halves, words, doubles }: PageViews,
  width: number,
  place: number,
  base: number,
) {
  let at = place
  if (width === 1) for (let i = from; i < to; i++) target[i] = base + bytes[at++]
  else if (width === 2) for (let i = from; i < to; i++) target[i] = base + halves[at++]
  else if (width === 4) for (let i = from; i < to; i++) target[i] = base + words[at++]
  else for (let i = from; i < to; i++) target[i] = base + doubles[at++]
}
