/**
 * The histogram after the first pass, from what it counted by class id. Object sizes depend on the layout, which
 * is inferred from the columns of the second pass; until then the usual one for the range of addresses is taken.
 */
import { primitiveSize, typeName } from '@heaptrail/hprof/tags'
import type { Layout } from '../layout.ts'
import { type ProvisionalArray, type ProvisionalClass, type ProvisionalHistogram } from '../provisional-histogram.ts'
import { classObjectSize, instanceSizes } from '../sizes.ts'
import { type ClassUse, mergedUses, superNumbers } from './classes.ts'
import { type ArrayRow, largest } from './largest-arrays.ts'
import { readableClassName } from './names.ts'
import type { RawClass } from './raw-classes.ts'
import type { ScanCounts } from './scan.ts'

export interface FirstHistogramInput {
  readonly identifierSize: 4 | 8
  readonly counts: readonly ScanCounts[]
  readonly raw: readonly RawClass[]
  /** Class id → id of its name → text. */
  readonly classNames: ReadonlyMap<bigint, bigint>
  readonly texts: ReadonlyMap<bigint, string>
  readonly bytesRead: number
  readonly isWhole: boolean
}

/** Compressed references reach 2³² times the usual alignment. */
const REACH = 2 ** 35
const JAVA_LANG_CLASS = 'java.lang.Class'

export function firstHistogram(input: FirstHistogramInput): ProvisionalHistogram {
  const layout = usualLayout(input)
  const classes = [...countedClasses(input, layout), ...primitiveArrays(input.counts, layout)]
  classes.sort((a, b) => b.bytes - a.bytes || compare(a.name, b.name) || compare(a.id ?? '', b.id ?? ''))
  return {
    objects: classes.reduce((sum, one) => sum + one.instances, 0),
    bytes: classes.reduce((sum, one) => sum + one.bytes, 0),
    classes,
    largestArrays: largestArrays(input, layout),
    bytesRead: input.bytesRead,
    isWhole: input.isWhole,
  }
}

/** Layout by the highest class id: compressed references where they can reach it. */
function usualLayout({ identifierSize, raw }: FirstHistogramInput): Layout {
  const common = {
    instanceHeader: 12,
    arrayHeader: 16,
    compactHeaders: false,
    alignment: 8,
    certainty: 'assumed',
  } as const
  if (identifierSize === 4)
    return { ...common, referenceSize: 4, references: '32-bit', instanceHeader: 8, arrayHeader: 12 }
  const compressed = raw.every(({ id }) => id < REACH)
  return compressed
    ? { ...common, referenceSize: 4, references: 'compressed' }
    : { ...common, referenceSize: 8, references: 'uncompressed' }
}

function countedClasses(input: FirstHistogramInput, layout: Layout): ProvisionalClass[] {
  const { raw } = input
  const uses = mergedUses(input.counts.map((part) => part.uses))
  const supers = superNumbers(raw, new Map(raw.map((one, number) => [one.id, number]))).numbers
  const sizes = instanceSizes(
    raw.map(({ fields }, number) => ({ fields, superNumber: supers[number] })),
    layout,
    'jvm',
  )
  const sizeOf = new Map(raw.map(({ id }, number) => [id, sizes[number]]))
  const instances = [...uses].map(([id, use]) => ({
    id: hex(id),
    name: nameOf(id, input),
    instances: use.instances + use.arrays,
    bytes: bytesOf(use, sizeOf.get(id), layout),
  }))
  const other = instances.filter(({ name }) => name !== JAVA_LANG_CLASS)
  return raw.length === 0 ? other : [...other, classObjects(input, layout)]
}

/** Their records are of another kind than those of other objects. */
function classObjects(input: FirstHistogramInput, layout: Layout): ProvisionalClass {
  const { raw } = input
  const own = raw.find(({ id }) => nameOf(id, input) === JAVA_LANG_CLASS)
  const bytes = raw.reduce((sum, { statics }) => sum + classObjectSize(statics, layout), 0)
  return { id: own && hex(own.id), name: JAVA_LANG_CLASS, instances: raw.length, bytes }
}

/** Of an unknown class: what its instances have in the dump. */
function bytesOf(use: ClassUse, instanceSize: number | undefined, layout: Layout): number {
  const size = instanceSize ?? align(layout.instanceHeader + use.largest)
  const elements = layout.referenceSize === 8 ? use.elements * 8 : (use.elements + use.odd) * 4
  return use.instances * size + use.arrays * align(layout.arrayHeader) + elements
}

function primitiveArrays(counts: readonly ScanCounts[], layout: Layout): ProvisionalClass[] {
  const classes: ProvisionalClass[] = []
  for (let type = 4; type < 12; type++) {
    const instances = counts.reduce((sum, part) => sum + part.primitive[type], 0)
    const elements = counts.reduce((sum, part) => sum + part.primitiveBytes[type], 0)
    const bytes = elements + instances * align(layout.arrayHeader)
    if (instances > 0) classes.push({ id: undefined, name: `${typeName(type)}[]`, instances, bytes })
  }
  return classes
}

function largestArrays(input: FirstHistogramInput, layout: Layout): ProvisionalArray[] {
  const rows = input.counts.flatMap((part) => part.largestArrays)
  const sized = rows.map((row) => (row.isPrimitive ? row : { ...row, bytes: row.elements * layout.referenceSize }))
  return largest(sized).map((row) => largeArray(row, input, layout))
}

function largeArray(row: ArrayRow, input: FirstHistogramInput, layout: Layout): ProvisionalArray {
  const { idHigh, idLow, classHigh, classLow, isPrimitive, elements } = row
  const elementSize = isPrimitive ? primitiveSize(classLow) : layout.referenceSize
  return {
    id: hex(wholeId(idHigh, idLow)),
    className: isPrimitive ? `${typeName(classLow)}[]` : nameOf(wholeId(classHigh, classLow), input),
    elements,
    bytes: align(layout.arrayHeader + elements * elementSize),
  }
}

function nameOf(id: bigint, { classNames, texts }: FirstHistogramInput): string {
  const text = texts.get(classNames.get(id) ?? -1n)
  return text === undefined ? `unknown-class@${hex(id)}` : readableClassName(text)
}

function wholeId(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

function hex(id: bigint): string {
  return `0x${id.toString(16)}`
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
