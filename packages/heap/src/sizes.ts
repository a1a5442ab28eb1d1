import { primitiveSize } from '@heaptrail/hprof/tags'
import { type FieldSpace, alignUp, headerSpace, placeFields } from './jvm-fields.ts'
import type { AnalysisOptions } from './analysis-options.ts'
import type { Layout } from './layout.ts'
import type { BasicType, HeapClass } from './parsed-heap.ts'

/**
 * How instances are counted.
 * `mat`: as Eclipse MAT does; `jvm`: as HotSpot places fields since JDK 15; `jvm-classic`: before.
 */
export type SizeRule = 'mat' | 'jvm' | 'jvm-classic'

/** What the rules need of a class. */
export interface ClassShape {
  readonly superNumber: number
  readonly fields: readonly { readonly type: BasicType }[]
}

/** @param modern the dump comes from JDK 15 or later */
export function sizeRule(sizes: AnalysisOptions['sizes'], modern: boolean): SizeRule {
  if (sizes === 'mat') return 'mat'
  return modern ? 'jvm' : 'jvm-classic'
}

/** Eclipse MAT knows two layouts of 64-bit JVMs, and sizes objects of all others as if they had one of these. */
export function layoutOfMat(layout: Layout): Layout {
  if (layout.references === '32-bit') return layout
  const headers =
    layout.referenceSize === 4 ? { instanceHeader: 12, arrayHeader: 16 } : { instanceHeader: 16, arrayHeader: 24 }
  return { ...layout, ...headers, compactHeaders: false }
}

/** Shallow size of an instance of each class; the superclass chains must have no loops. */
export function instanceSizes(classes: readonly ClassShape[], layout: Layout, rule: SizeRule): number[] {
  const spaces: (FieldSpace | undefined)[] = classes.map(() => undefined)
  return classes.map((_, number) =>
    alignUp(alignUp(spaceOf(classes, number, layout, rule, spaces).end, 8), layout.alignment),
  )
}

/** Space of a class after its superclasses, from the top of the chain down: chains may be long. */
function spaceOf(
  classes: readonly ClassShape[],
  number: number,
  layout: Layout,
  rule: SizeRule,
  spaces: (FieldSpace | undefined)[],
): FieldSpace {
  const chain: number[] = []
  let at = number
  while (at >= 0 && spaces[at] === undefined) {
    chain.push(at)
    at = classes[at].superNumber
  }
  let space = at >= 0 ? (spaces[at] ?? headerSpace(layout.instanceHeader)) : headerSpace(layout.instanceHeader)
  for (const one of chain.toReversed()) spaces[one] = space = extend(space, classes[one], layout, rule)
  return space
}

function extend(space: FieldSpace, { fields }: ClassShape, layout: Layout, rule: SizeRule): FieldSpace {
  const primitives = fields.filter(({ type }) => type !== 2).map(({ type }) => primitiveSize(type))
  const references = fields.length - primitives.length
  if (rule === 'jvm') return placeFields(space, primitives, references, layout.referenceSize)
  const own = primitives.reduce((sum, size) => sum + size, references * layout.referenceSize)
  return { holes: [], end: alignUp(space.end + own, layout.referenceSize) }
}

/** Shallow size of a class object by MAT's rule: its static fields. */
export function classObjectSize(statics: readonly { readonly type: BasicType }[], layout: Layout): number {
  const sum = statics.reduce((all, { type }) => all + (type === 2 ? layout.referenceSize : primitiveSize(type)), 0)
  return alignUp(sum, layout.alignment)
}

/**
 * Bytes of an array. (HotSpot lets elements begin at a multiple of their size; objects being aligned to 8 or more,
 * that never makes a difference to the whole.)
 */
export function arraySize(elementSize: number, length: number, layout: Layout): number {
  return alignUp(layout.arrayHeader + length * elementSize, layout.alignment)
}

/** Shallow size of an object that is no class: `length` is the array's length, 0 for instances. */
export function shallowSize(heapClass: HeapClass, length: number, layout: Layout): number {
  return heapClass.kind === 'instance' ? heapClass.instanceSize : arraySize(heapClass.elementSize, length, layout)
}
