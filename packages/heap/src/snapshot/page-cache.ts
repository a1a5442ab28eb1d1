/**
 * Pages of an open snapshot, verified when they are read, and a bounded number of them kept (second chance:
 * a page that was used since the hand last passed stays).
 */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { checksum } from './checksum.ts'
import { SnapshotError } from './errors.ts'
import { type Directory, PAGE, PAGE_ENTRY, PAGE_SHIFT } from './format.ts'

const ENTRIES_PER_TABLE_PAGE = PAGE / PAGE_ENTRY
const NO_ENTRY = -1

export class PageCache {
  /** All slots side by side: slot s holds a page at s × PAGE. Untouched slots cost no memory. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The same as numbers of 16 and 32 bits, and as float64. */
  readonly halves: Uint16Array<ArrayBuffer>
  readonly words: Uint32Array<ArrayBuffer>
  readonly doubles: Float64Array<ArrayBuffer>
  /** slot → entry of the page table whose page it holds, or NO_ENTRY. */
  readonly entryOf: Int32Array
  private readonly source: ByteSource
  private readonly pageTable: Directory['pageTable']
  /** Pages of the page table that were needed so far; they stay: 16 KiB per 32 MiB of snapshot. */
  private readonly table = new Map<number, Uint32Array>()
  private readonly slotOf = new Map<number, number>()
  private readonly usedSince: Uint8Array
  private hand = 0

  constructor(source: ByteSource, pageTable: Directory['pageTable'], slots: number) {
    this.source = source
    this.pageTable = pageTable
    this.bytes = new Uint8Array(slots * PAGE)
    this.halves = new Uint16Array(this.bytes.buffer)
    this.words = new Uint32Array(this.bytes.buffer)
    this.doubles = new Float64Array(this.bytes.buffer)
    this.entryOf = new Int32Array(slots).fill(NO_ENTRY)
    this.usedSince = new Uint8Array(slots)
  }

  /** @returns the slot with that page, valid until the next call. */
  slot(entry: number): number {
    const cached = this.slotOf.get(entry)
    if (cached !== undefined) {
      this.usedSince[cached] = 1
      return cached
    }
    const slot = this.freeSlot()
    this.read(entry, slot)
    this.entryOf[slot] = entry
    this.slotOf.set(entry, slot)
    return slot
  }

  private freeSlot(): number {
    const slots = this.entryOf.length
    for (;;) {
      const slot = this.hand
      this.hand = slot + 1 === slots ? 0 : slot + 1
      if (this.usedSince[slot] === 1) {
        this.usedSince[slot] = 0
        continue
      }
      this.slotOf.delete(this.entryOf[slot])
      this.entryOf[slot] = NO_ENTRY
      return slot
    }
  }

  private read(entry: number, slot: number) {
    const table = this.tablePage(Math.floor(entry / ENTRIES_PER_TABLE_PAGE))
    const at = (entry % ENTRIES_PER_TABLE_PAGE) * 2
    const page = table[at]
    const from = slot << PAGE_SHIFT
    this.fill(page * PAGE, this.bytes.subarray(from, from + PAGE))
    if (checksum(this.words, from / 4, (from + PAGE) / 4, page) !== table[at + 1]) throw damaged(page * PAGE)
  }

  private tablePage(number: number): Uint32Array {
    const known = this.table.get(number)
    if (known !== undefined) return known
    const page = new Uint32Array(PAGE / 4)
    const offset = this.pageTable.offset + number * PAGE
    this.fill(offset, new Uint8Array(page.buffer))
    if (checksum(page, 0, page.length, number) !== this.pageTable.checksums[number]) throw damaged(offset)
    this.table.set(number, page)
    return page
  }

  private fill(offset: number, target: Uint8Array) {
    const got = this.source.readInto(offset, target)
    if (got === target.length) return
    throw new SnapshotError('truncated', `The snapshot ends after ${offset + got} bytes, within a page.`)
  }
}

function damaged(offset: number): SnapshotError {
  return new SnapshotError('checksum', `The page at byte ${offset} of the snapshot is damaged.`)
}
