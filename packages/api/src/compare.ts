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
  /** One path, from an item, or from what the field holds, to what keeps it; empty when nothing of it is there. */
  path: z.array(z.object({ object: HeapObject, edges: z.array(EdgeName) })),
  /** The same in words that are the same in every run: fields from the static field or thread down. */
  pathSignature: z.array(z.string()),
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
  /** Of a class whose objects can be told apart in both dumps: those that are in both. */
  kept: Count.nullable(),
})
export type Change = z.infer<typeof Change>

/**
 * Whether ids name the same objects in both dumps. `kept`: one process, nothing moved. `moved`: one process, but its objects
 * have new addresses. `other-process`: two processes. `unknown`: one of these two.
 */
export const Identity = z.object({
  verdict: z.enum(['kept', 'moved', 'other-process', 'unknown']),
  /** The processes were told apart by a number that each draws at its start; otherwise by addresses only. */
  certain: z.boolean(),
  /** Classes that are known in both, and how many of them lie at the same address. */
  witnesses: Count,
  stayed: Count,
  /** Objects with the same id and class; with the same id and another class. */
  sameClass: Count,
  otherClass: Count,
  /** Of `sameClass` so many are expected to be others, at an address that was used again. */
  byChance: Count,
})
export type Identity = z.infer<typeof Identity>

const Dump = z.object({ usedHeap: Bytes, objects: Count, classes: Count })

export const Comparison = z.object({
  before: Dump,
  after: Dump,
  identity: Identity,
  suspects: z.array(ComparedSuspect),
  /** Those that differ, by falling growth of the retained (classes) or shallow size. */
  classes: z.array(Change),
  packages: z.array(Change),
  loaders: z.array(Change),
})
export type Comparison = z.infer<typeof Comparison>
