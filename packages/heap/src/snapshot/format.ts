/**
 * Names and numbers of the snapshot file; docs/snapshot-format.md describes it as a whole.
 * A file is one header page, data pages in any order, the page table, and the directory.
 */
import type { SnapshotMeta } from './snapshot.ts'

/** Raised by every change of the format: older files are rebuilt from the dump. */
export const VERSION = 4

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

/** Objects per block of the columns that are stored in blocks. */
export const OBJECT_BLOCK = 64
/** Ranks per block of the address column. */
export const ADDRESS_BLOCK = 128
/** Rows per block of row sections; rows longer than WIDE_ROW lie apart, in chunks of WIDE_CHUNK. */
export const ROW_BLOCK = 64
export const WIDE_ROW = 64
export const WIDE_CHUNK = 128

/** Row sections consist of four: `name`, `name.blocks`, `name.wide`, `name.chunks`. */
export const ROWS = ['outgoing', 'incoming', 'children', 'by-class'] as const
export type RowsName = (typeof ROWS)[number]

export type SectionName =
  | 'class-of'
  | 'rank-of'
  | 'index-of-rank'
  | 'addresses'
  | 'addresses.blocks'
  | 'objects'
  | 'objects.blocks'
  | RowsName
  | `${RowsName}.blocks`
  | `${RowsName}.wide`
  | `${RowsName}.chunks`
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
  readonly sections: readonly SectionEntry[]
  readonly pageTable: {
    readonly offset: number
    readonly entries: number
    /** Of each page of the table, seeded with its place in the table. */
    readonly checksums: readonly number[]
  }
}
