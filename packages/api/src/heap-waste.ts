/** What is wasted: strings with the same text, empty collections and arrays, and room that is not needed. All sizes are bytes. */
import { z } from 'zod'
import { EdgeName } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const WasteQuery = Window.extend({
  filter: z
    .string()
    .max(200)
    .default('')
    .describe(
      'Part of a text, a class name or `Class#field` (case ignored), or `/regular expression/`; with `!` before it, what does not match.',
    ),
})
export type WasteQuery = z.infer<typeof WasteQuery>

/** The nearest object that is more than packaging, and its field, as among the owners of a class's objects. */
const WasteHolder = z.object({
  /** Null: GC roots refer to the objects themselves. */
  holder: z.object({ classId: ObjectId, className: z.string(), own: z.boolean() }).nullable(),
  field: EdgeName.nullable(),
})
export type WasteHolder = z.infer<typeof WasteHolder>

const StringSums = z.object({
  strings: Count,
  distinct: Count,
  /** Those that are not the first of their text. */
  surplus: Count,
  /** What is freed when all references lead to the first string of each text; and the arrays alone, when the strings stay. */
  bytes: Bytes,
  arrayBytes: Bytes,
})

export const DuplicateText = z.object({
  /** Its beginning; `length` in UTF-16 units. */
  text: z.string(),
  length: Count,
  strings: Count,
  bytes: Bytes,
  arrayBytes: Bytes,
  /** The first of the strings: the one that stays. */
  example: ObjectId,
  /** Who holds most of them. `estimated`: of several fields of a class, a sample was read. */
  holders: z.array(WasteHolder.extend({ strings: Count, estimated: z.boolean() })),
})
export type DuplicateText = z.infer<typeof DuplicateText>

/** By bytes, the most first. Listed are the 500 texts that free most, of `texts` in all. */
export const DuplicateStrings = pageOf(DuplicateText).extend({ texts: Count, sums: StringSums })
export type DuplicateStrings = z.infer<typeof DuplicateStrings>

export const SurplusHolder = WasteHolder.extend({
  strings: Count,
  bytes: Bytes,
  estimated: z.boolean(),
  /** One of those that free most. */
  example: ObjectId,
})
export type SurplusHolder = z.infer<typeof SurplusHolder>

/** Strings that are not the first of their text, by who holds them. */
export const SurplusHolders = pageOf(SurplusHolder).extend({ sums: StringSums })
export type SurplusHolders = z.infer<typeof SurplusHolders>

export const FillOf = z
  .enum(['collections', 'arrays'])
  .describe(
    '`collections` of the JDK, a set and the map in it as one; `arrays`: all that are not those of strings and collections.',
  )
export type FillOf = z.infer<typeof FillOf>

const FillSums = z.object({
  objects: Count,
  empty: Count,
  emptyBytes: Bytes,
  slackBytes: Bytes,
  bytes: Bytes,
})

export const FillOfClass = z.object({
  classId: ObjectId,
  className: z.string(),
  own: z.boolean(),
  objects: Count,
  /** Collections without members; arrays without elements, or with all of them null or zero. */
  empty: Count,
  /** Members, and room for them, of collections that keep them in arrays; of arrays, elements up to the last that is not null or zero. */
  used: Count,
  capacity: Count,
  /** What is freed when the empty ones are gone, and when the others have no more room than they need. */
  emptyBytes: Bytes,
  slackBytes: Bytes,
  bytes: Bytes,
  /** The one that frees most. */
  example: ObjectId.nullable(),
})
export type FillOfClass = z.infer<typeof FillOfClass>

/** By bytes, the most first. */
export const FillByClass = pageOf(FillOfClass).extend({ sums: FillSums })
export type FillByClass = z.infer<typeof FillByClass>

export const FillOfHolder = WasteHolder.extend({
  /** What is held. */
  classId: ObjectId,
  className: z.string(),
  /** Of these, those that waste something. */
  objects: Count,
  bytes: Bytes,
  estimated: z.boolean(),
  example: ObjectId,
})
export type FillOfHolder = z.infer<typeof FillOfHolder>

/** By bytes, the most first. */
export const FillByHolder = pageOf(FillOfHolder).extend({ sums: FillSums })
export type FillByHolder = z.infer<typeof FillByHolder>
