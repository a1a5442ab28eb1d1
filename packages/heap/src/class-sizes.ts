/** Sizes of instances and class objects of all classes of a dump, by the rule that its JVM or the options ask for. */
import type { AnalysisOptions } from './analysis-options.ts'
import { type HotSpot, hiddenFields } from './jvm-hidden.ts'
import type { Layout } from './layout.ts'
import type { FieldDescriptor, IdMap, StaticField } from './parsed-heap.ts'
import { type SizeRule, classObjectSize, instanceSizes, mirrorSize, sizeRule } from './sizes.ts'

export interface SizedClasses {
  readonly entries: readonly SizedEntry[]
  /** Number of java.lang.Class. */
  readonly javaLangClass: number
}

interface SizedEntry {
  /** Of its class object, or −1. */
  readonly rank: number
  readonly name: string
  readonly superNumber: number
  readonly loaderId: bigint
  readonly fields: readonly FieldDescriptor[]
  readonly statics: readonly StaticField[]
}

/** By class number, bytes. */
export interface ClassSizes {
  /** Meaningless for arrays. */
  readonly instances: readonly number[]
  readonly classObjects: readonly number[]
}

/** Where objects lie: their neighbours tell how large they may be. */
export interface Neighbours {
  readonly ids: IdMap
  /** Ranks of objects of exactly the class java.lang.Thread. */
  readonly threads: readonly number[]
}

export function classSizes(
  classes: SizedClasses,
  layout: Layout,
  sizes: AnalysisOptions['sizes'],
  neighbours: Neighbours,
): ClassSizes {
  const { entries } = classes
  // JDK 15 changed the placing of fields; java.lang.Record, always loaded, came one release before
  const isModern = entries.some(({ name }) => name === 'java.lang.Record')
  const rule = sizeRule(sizes, isModern)
  const thread = entries.findIndex(({ name, loaderId }) => name === 'java.lang.Thread' && loaderId === 0n)
  // the field in which HotSpot, and no other JVM, keeps its own thread
  const isHotSpot = thread >= 0 && entries[thread].fields.some(({ name }) => name === 'eetop')
  if (rule === 'mat' || !isHotSpot) {
    const classObjects = entries.map(({ statics }) => classObjectSize(statics, layout))
    return { instances: instanceSizes(entries, layout, rule), classObjects }
  }
  const hasVirtualThreads = entries[thread].fields.some(({ name }) => name === 'holder')
  const hotSpot: HotSpot = { fillsHoles: isModern, hasVirtualThreads, padsThreads: true }
  const padded = hotSpotSizes(classes, layout, rule, hotSpot)
  const room = Math.min(...neighbours.threads.map((rank) => roomOf(neighbours.ids, rank)))
  const fits = Number.isFinite(room) ? padded[thread] <= room : !hasVirtualThreads
  const instances = fits ? padded : hotSpotSizes(classes, layout, rule, { ...hotSpot, padsThreads: false })
  return { instances, classObjects: mirrorSizes(classes, layout, rule, instances[classes.javaLangClass], neighbours) }
}

function hotSpotSizes({ entries }: SizedClasses, layout: Layout, rule: SizeRule, hotSpot: HotSpot): number[] {
  const pointer = layout.references === '32-bit' ? 4 : 8
  const shapes = entries.map((entry) =>
    entry.loaderId === 0n ? { ...entry, hidden: hiddenFields(entry, hotSpot, pointer) } : entry,
  )
  return instanceSizes(shapes, layout, rule)
}

/** Enough class objects to believe that some of them touch their neighbours. */
const MANY = 100

/** A release that injects more into class objects than is known leaves a gap behind every single one. */
function mirrorSizes(
  { entries }: SizedClasses,
  layout: Layout,
  rule: SizeRule,
  instance: number,
  { ids }: Neighbours,
): number[] {
  const sizes = entries.map(({ statics }) => mirrorSize(statics, instance, layout, rule))
  const gaps = entries.flatMap(({ rank }, number) => (rank > 0 ? [roomOf(ids, rank) - sizes[number]] : []))
  const unknown = Math.max(0, Math.min(...gaps))
  return gaps.length >= MANY && Number.isFinite(unknown) ? sizes.map((size) => size + unknown) : sizes
}

/** Bytes from the beginning of an object to that of its neighbour. */
function roomOf(ids: IdMap, rank: number): number {
  return rank + 1 < ids.count ? Number(ids.idOf(rank + 1) - ids.idOf(rank)) : Infinity
}
