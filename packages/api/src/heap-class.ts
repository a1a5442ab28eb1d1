/** One class of a heap. All sizes are bytes. */
import { z } from 'zod'
import { HeapObject } from './heap.ts'
import { ObjectId } from './ids.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const ClassRow = z.object({
  classId: ObjectId,
  className: z.string(),
  superclass: z.string().nullable(),
  own: z.boolean(),
  /** Of exactly this class. */
  objects: Count,
  shallow: Bytes,
  /** Minimum retained, as in the histogram. */
  retained: Bytes,
})
export type ClassRow = z.infer<typeof ClassRow>

export const ClassDetail = z.object({
  classId: ObjectId,
  className: z.string(),
  own: z.boolean(),
  /** Null for the boot loader. */
  loader: HeapObject.nullable(),
  /** The nearest first. */
  superclasses: z.array(ClassRow),
  /** All classes below, those that retain most first, a thousand at most. */
  subclasses: z.array(ClassRow),
  subclassCount: Count,
  staticFields: Count,
  objects: Count,
  unreachable: Count,
  shallow: Bytes,
  retained: Bytes,
  /** Of the class and all classes below; what several of them retain together counts once. */
  withSubclasses: z.object({ objects: Count, shallow: Bytes, retained: Bytes }),
})
export type ClassDetail = z.infer<typeof ClassDetail>
