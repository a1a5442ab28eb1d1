/** Two dumps beside each other: what became of each suspect, and which classes grew. Sizes are bytes. */
import { z } from 'zod'
import { HeapObject, EdgeName } from './heap.ts'
import { Severity } from './findings.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

/**
 * `fixed`: next to nothing is left. `smaller`, `not-fixed`, `grown`: still there. `moved`: gone there, and as much of the
 * same is held elsewhere now. `new`: not there before.
 */
export const SuspectFate = z.enum(['fixed', 'smaller', 'not-fixed', 'grown', 'moved', 'new'])
export type SuspectFate = z.infer<typeof SuspectFate>

const Side = z.object({
  /** What is held by the same signature: zero when there is nothing of it. */
  bytes: Bytes,
  /** Severity of the finding on this side, if it is one. */
  severity: Severity.nullable(),
  /** One path, from an item to what keeps it; empty when it is no finding on this side. */
  path: z.array(z.object({ object: HeapObject, edges: z.array(EdgeName) })),
})

export const ComparedSuspect = z.object({
  fate: SuspectFate,
  /** What it is known by in both dumps: rule and field, `leak-suspect com.acme.Sessions#byId`. */
  signature: z.string(),
  /** `Sessions#byId`, or what else names it. */
  name: z.string(),
  items: z.string().nullable(),
  /** Where it moved to; null unless it did. */
  movedTo: z.string().nullable(),
  before: Side,
  after: Side,
})
export type ComparedSuspect = z.infer<typeof ComparedSuspect>

const Change = z.object({
  name: z.string(),
  objectsBefore: Count,
  objectsAfter: Count,
  shallowBefore: Bytes,
  shallowAfter: Bytes,
  /** Minimum retained size; of packages and loaders the shallow size is what can be added up. */
  retainedBefore: Bytes,
  retainedAfter: Bytes,
})
export type Change = z.infer<typeof Change>

const Dump = z.object({ usedHeap: Bytes, objects: Count, classes: Count })

export const Comparison = z.object({
  before: Dump,
  after: Dump,
  suspects: z.array(ComparedSuspect),
  /** Those that differ, by falling growth of the retained (classes) or shallow size. */
  classes: z.array(Change),
  packages: z.array(Change),
  loaders: z.array(Change),
})
export type Comparison = z.infer<typeof Comparison>
