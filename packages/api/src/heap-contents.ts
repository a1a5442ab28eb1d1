/** What is inside an object: members of a collection, texts, bytes. */
import { z } from 'zod'
import { FieldValue } from './heap.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)

export const ContentsRow = z.object({
  /** Place in the order of the iterator, from 0. */
  index: Count,
  /** Of an entry of a map; null in lists and sets. */
  key: FieldValue.nullable(),
  value: FieldValue,
})
export type ContentsRow = z.infer<typeof ContentsRow>
/** Members in the order of the collection's iterator. */
export const Contents = pageOf(ContentsRow).extend({ kind: z.enum(['list', 'set', 'map']) })
export type Contents = z.infer<typeof Contents>

/** How the bytes of a byte[] are read as characters. Strings and char[] need none. */
export const TextEncoding = z.enum(['utf-8', 'latin-1', 'utf-16le'])
export type TextEncoding = z.infer<typeof TextEncoding>

export const TextQuery = z.object({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32)
    .default(0)
    .describe('Characters before the window (UTF-16 units; of a byte[]: bytes).'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_536)
    .default(16_384)
    .describe('Characters (bytes) of the window, at most.'),
  encoding: TextEncoding.optional().describe('How a byte[] is read; absent: as it looks.'),
})
export type TextQuery = z.infer<typeof TextQuery>
export const TextPage = z.object({
  text: z.string(),
  offset: Count,
  /** Characters (bytes) of the window. */
  length: Count,
  /** Characters (bytes) in all. */
  total: Count,
  /** How the bytes were read; null for strings and char[]. */
  encoding: TextEncoding.nullable(),
})
export type TextPage = z.infer<typeof TextPage>

/** Sixteen bytes of a primitive array as they stand in the dump, the highest byte of a number first. */
export const HexRow = z.object({ at: Count, hex: z.string(), text: z.string() })
export type HexRow = z.infer<typeof HexRow>
export const HexRows = pageOf(HexRow)
export type HexRows = z.infer<typeof HexRows>
export const HexQuery = Window

export const DownloadQuery = z.object({
  as: z
    .enum(['text', 'bytes', 'numbers'])
    .describe(
      'The text of a string, char[] or byte[] as UTF-8; the bytes of a primitive array; its values, one per line.',
    ),
  encoding: TextEncoding.optional().describe('How a byte[] is read as text; absent: as it looks.'),
})
export type DownloadQuery = z.infer<typeof DownloadQuery>
