import { primitiveSize } from '@heaptrail/hprof/tags'
import type { AnalysisOptions } from './analysis-options.ts'
import {
  type FieldSpace,
  type Placed,
  alignUp,
  headerSpace,
  placeApart,
  placeClassic,
  placeClassicStatics,
  placeFields,
  placeStatics,
} from './jvm-fields.ts'
import { CONTENDED_PADDING, type Hidden, NOTHING_HIDDEN } from './jvm-hidden.ts'
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
  readonly fields: readonly Typed[]
  /** What the JVM adds to its instances. */
  readonly hidden?: Hidden
}

interface Typed {
  readonly name?: string
  readonly type: BasicType
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
    alignUp(alignUp(spaceOf(classes, number, layout, rule, spaces).end, wordOf(layout, rule)), layout.alignment),
  )
}

/** What sizes are rounded up to before they are aligned. MAT's rule and small test heaps know only one. */
function wordOf(layout: Layout, rule: SizeRule): number {
  return rule !== 'mat' && layout.references === '32-bit' ? 4 : 8
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

function extend(space: FieldSpace, shape: ClassShape, { referenceSize }: Layout, rule: SizeRule): FieldSpace {
  if (rule === 'mat') {
    const { primitives, references } = placed(shape.fields)
    const own = primitives.reduce((sum, size) => sum + size, references * referenceSize)
    return headerSpace(alignUp(space.end + own, referenceSize))
  }
  const place = rule === 'jvm' ? placeFields : placeClassic
  const hidden = shape.hidden ?? NOTHING_HIDDEN
  if (hidden.contended === 'class') {
    const fields = withHidden(shape.fields, hidden)
    return padded(placeApart(space, fields, referenceSize, CONTENDED_PADDING))
  }
  const groups = hidden.contended.map((names) => shape.fields.filter(({ name }) => names.includes(name ?? '')))
  const ordinary = shape.fields.filter((field) => !groups.some((group) => group.includes(field)))
  let end = place(space, withHidden(ordinary, hidden), referenceSize)
  for (const group of groups) end = placeApart(end, placed(group), referenceSize, CONTENDED_PADDING)
  return groups.length > 0 ? padded(end) : end
}

function padded({ end }: FieldSpace): FieldSpace {
  return headerSpace(end + CONTENDED_PADDING)
}

function placed(fields: readonly Typed[]): Placed {
  const primitives = fields.filter(({ type }) => type !== 2).map(({ type }) => primitiveSize(type))
  return { primitives, references: fields.length - primitives.length }
}

function withHidden(fields: readonly Typed[], hidden: Hidden): Placed {
  const { primitives, references } = placed(fields)
  return { primitives: [...primitives, ...hidden.primitives], references: references + hidden.references }
}

/** Shallow size of a class object by MAT's rule: its static fields. */
export function classObjectSize(statics: readonly Typed[], layout: Layout): number {
  const sum = statics.reduce((all, { type }) => all + (type === 2 ? layout.referenceSize : primitiveSize(type)), 0)
  return alignUp(sum, layout.alignment)
}

/**
 * Shallow size of a class object as HotSpot makes it: an instance of java.lang.Class with the static fields behind.
 * @param instance size of an instance of java.lang.Class
 */
export function mirrorSize(statics: readonly Typed[], instance: number, layout: Layout, rule: SizeRule): number {
  // In angle brackets: what the dump adds, e.g. references from the constant pool.
  const fields = placed(statics.filter(({ name }) => name?.startsWith('<') !== true))
  const place = rule === 'jvm' ? placeStatics : placeClassicStatics
  return alignUp(alignUp(place(instance, fields, layout.referenceSize).end, wordOf(layout, rule)), layout.alignment)
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
