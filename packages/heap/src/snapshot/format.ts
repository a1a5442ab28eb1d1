/**
 * Names and numbers of the snapshot file; docs/snapshot-format.md describes it as a whole.
 * A file is one header page, data pages in any order, the page table, and the directory.
 */
import type { SnapshotMeta } from './snapshot.ts'

/** Raised by every change of the format: older files are rebuilt from the dump. */
export const VERSION = 5

/** In the manner of PNG: a byte above 127, the name, and line ends that a transfer as text would change. */
export const MAGIC = Uint8Array.of(0x89, 0x48, 0x54, 0x53, 0x0d, 0x0a, 0x1a, 0x0a)

export const PAGE = 16_384
export const PAGE_SHIFT = 14

/** Bytes of the header at offset 0; the rest of its page is zero. Offsets of its fields, all little-endian. */
export const HEADER = {
  length: 64,
  version: 8,
  pageSize: 12,
  /** 64 bits. */
  fileSize: 16,
  /** 64 bits: where the directory starts. */
  directory: 24,
  directoryLength: 32,
  directoryChecksum: 36,
  /** Over the bytes before it. */
  checksum: 60,
} as const

/** Bytes of an entry of the page table: physical page number, checksum of that page seeded with that number. */
export const PAGE_ENTRY = 8

/** Values per block of packed columns. */
export const PACKED_BLOCK = 64
/** Bytes of an entry of `x.blocks`: base as float64, start in `x` in units of PACKED_BLOCK bytes, bytes per value. */
export const PACKED_ENTRY = 16
/** Columns of numbers below 2^53 in blocks, each with the width that its values need: two sections, `name` and `name.blocks`. */
export const PACKED = ['lengths', 'positions', 'children', 'by-class'] as const
export type PackedName = (typeof PACKED)[number]

/** Row sections consist of four: `name` (the entries), `name.counts`, `name.long`, `name.starts`. */
export const ROWS = ['outgoing', 'incoming', 'children', 'by-class'] as const
export type RowsName = (typeof ROWS)[number]
/** Of these the entries are a packed column; of the others they are as they are in memory. */
export const PACKED_ROWS = ['children', 'by-class'] as const
export type PackedRowsName = (typeof PACKED_ROWS)[number]

/** Rows per entry of `x.starts`. */
export const ROW_BLOCK = 64
/** What `x.counts` says of a row with so many entries and more; its number stands in `x.long`. */
export const LONG_ROW = 255
/** What `incoming.counts` says of a row whose one entry is the immediate dominator, and is not written; so rows are long from here on there. */
export const ONLY_DOMINATOR = 254

/** Ranks per entry of `slots.starts`. */
export const ID_BLOCK = 128

export type SectionName =
  | 'class-of'
  | 'rank-of'
  | 'index-of-rank'
  | 'dominators'
  | 'retained'
  | 'ids'
  | 'slots'
  | 'slots.pages'
  | 'slots.starts'
  | PackedName
  | `${PackedName}.blocks`
  | RowsName
  | `${RowsName}.counts`
  | `${RowsName}.long`
  | `${RowsName}.starts`
  | 'path-marks'
  | 'largest'
  | 'largest.classes'
  | 'class-numbers'
  | 'class-names'
  | 'class-details'
  | 'class-details.starts'
  | 'roots'
  | 'thread-numbers'
  | 'threads'
  | 'threads.starts'

export interface SectionEntry {
  readonly name: SectionName
  /** Bytes; its last page is filled up with zeros. */
  readonly length: number
  /** Its pages are consecutive entries of the page table, from this one on. */
  readonly firstEntry: number
}

/** The JSON at the end of the file. */
export interface Directory {
  readonly meta: SnapshotMeta
  readonly objects: number
  readonly reachable: number
  /** Bytes per class number in `class-of`: 2 or 4. */
  readonly classWidth: 2 | 4
  /** Sizes are stored in this many bytes. */
  readonly sizeUnit: number
  /** Bytes per size in `retained`: 4, as a number of units; or 8, as a float64 number of units. */
  readonly retainedWidth: 4 | 8
  /** In which sections ids stand: `slots` and those that belong to it, or `ids`. */
  readonly ids: 'slots' | 'sorted'
  readonly sections: readonly SectionEntry[]
  readonly pageTable: {
    readonly offset: number
    readonly entries: number
    /** Of each page of the table, seeded with its place in the table. */
    readonly checksums: readonly number[]
  }
}
