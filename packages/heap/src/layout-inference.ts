/**
 * Finds out how the JVM laid out objects, which a dump does not say: by testing which layout explains the gaps
 * between neighbouring objects. A layout under which objects overlap is wrong; of the others the one that fills
 * most gaps exactly is right, because collectors place objects without gaps.
 * Only objects whose size no field order can change are asked: arrays, and instances whose fields all stand in
 * one class. Class objects are left out (their static fields are inside, in no known place).
 */
import { HprofError } from '@heaptrail/hprof/errors'
import { primitiveSize } from '@heaptrail/hprof/tags'
import type { LayoutOverride } from './analysis-options.ts'
import { alignUp } from './jvm-fields.ts'
import type { Layout } from './layout.ts'
import { type BasicType, type IdMap, type ParsedHeap, classNumberOf } from './parsed-heap.ts'
import { type ClassShape, arraySize } from './sizes.ts'

/** What the inference looks at: columns over ranks as in ParsedHeap, and the classes by number. */
export interface LayoutEvidence {
  readonly identifierSize: 4 | 8
  readonly ids: IdMap
  readonly heads: ParsedHeap['heads']
  /** @returns elements of an array, by rank */
  lengthOf(rank: number): number
  readonly classes: readonly EvidenceClass[]
}

export interface EvidenceClass extends ClassShape {
  readonly kind: 'instance' | 'object-array' | 'primitive-array'
  /** Of a primitive array. */
  readonly elementType: BasicType | undefined
  /** The objects of this class are class objects. */
  readonly isJavaLangClass: boolean
}

type Candidate = Omit<Layout, 'alignment' | 'certainty'>

const COMPRESSED: Candidate = {
  referenceSize: 4,
  references: 'compressed',
  instanceHeader: 12,
  arrayHeader: 16,
  compactHeaders: false,
}
const UNCOMPRESSED: Candidate = { ...COMPRESSED, referenceSize: 8, references: 'uncompressed' }

/** All that HotSpot can do with 64 bits; when nothing speaks against several, the first is the most common. */
const CANDIDATES: readonly Candidate[] = [
  COMPRESSED,
  UNCOMPRESSED,
  { ...COMPRESSED, instanceHeader: 8, arrayHeader: 12, compactHeaders: true },
  { ...UNCOMPRESSED, instanceHeader: 8, arrayHeader: 12, compactHeaders: true },
  // without compressed class pointers: before and since JDK 23, which begins small elements at 20
  { ...UNCOMPRESSED, instanceHeader: 16, arrayHeader: 24 },
  { ...UNCOMPRESSED, instanceHeader: 16, arrayHeader: 20 },
  { ...COMPRESSED, instanceHeader: 16, arrayHeader: 24 },
  { ...COMPRESSED, instanceHeader: 16, arrayHeader: 20 },
]
const BITS_32: Candidate = {
  referenceSize: 4,
  references: '32-bit',
  instanceHeader: 8,
  arrayHeader: 12,
  compactHeaders: false,
}

const SAMPLES = 64
const SAMPLE_RANKS = 512
/** Compressed references reach 2³² times the alignment. */
const REACH = 2 ** 32

interface Gap {
  /** From the beginning of an object to that of its neighbour. */
  readonly bytes: number
  readonly shape: Shape
  /** Elements of an array. */
  readonly length: number
}

/** What the size of an object follows from, whatever the order of its fields. */
type Shape =
  | { readonly kind: 'instance'; readonly primitiveBytes: number; readonly references: number }
  /** `elementSize` undefined: references. */
  | { readonly kind: 'array'; readonly elementSize: number | undefined }

/** What the dump itself says. */
export function inferLayout(evidence: LayoutEvidence): Layout {
  return bestLayout(evidence, CANDIDATES, inferAlignment(evidence.ids))
}

/**
 * The parts that are given, and what fits best of the layouts that have them.
 * @throws HprofError when no JVM that writes such dumps has such a layout
 */
export function chooseLayout(evidence: LayoutEvidence, chosen: LayoutOverride, inferred: Layout): Layout {
  const isChosen = (layout: Candidate): boolean =>
    (chosen.referenceSize ?? layout.referenceSize) === layout.referenceSize &&
    (chosen.instanceHeader ?? layout.instanceHeader) === layout.instanceHeader
  if (Object.values(chosen).every((part) => part === undefined)) return inferred
  const alignment = chosen.alignment ?? inferred.alignment
  if (isChosen(inferred)) return { ...inferred, alignment, certainty: 'chosen' }
  if (evidence.identifierSize === 4)
    throw new HprofError('This dump is of a 32-bit JVM: references have 4 bytes and headers 8, nothing else fits.', 0)
  return { ...bestLayout(evidence, CANDIDATES.filter(isChosen), alignment), certainty: 'chosen' }
}

function bestLayout(evidence: LayoutEvidence, candidates: readonly Candidate[], alignment: number): Layout {
  if (evidence.identifierSize === 4) return { ...BITS_32, alignment, certainty: 'certain' }
  const gaps = sampleGaps(evidence)
  const scores = candidates.map((candidate) => ({
    candidate,
    ...score({ ...candidate, alignment, certainty: 'assumed' }, gaps),
  }))
  // noise: a duplicate or made-up id here and there must not rule out the truth
  const tolerated = gaps.length / 1000
  const possible = scores.filter(({ overlaps }) => overlaps <= tolerated)
  const [best, second] = possible.toSorted(
    (a, b) => b.exact - a.exact || Number(reaches(b, alignment, evidence)) - Number(reaches(a, alignment, evidence)),
  )
  if (best === undefined || best.exact === 0) {
    const usual = assumed(alignment, evidence)
    return { ...(candidates.includes(usual) ? usual : candidates[0]), alignment, certainty: 'assumed' }
  }
  const clear = best.exact >= 1000 && (second === undefined || second.exact < best.exact * 0.95)
  if (second !== undefined && second.exact === best.exact) return { ...best.candidate, alignment, certainty: 'assumed' }
  return { ...best.candidate, alignment, certainty: clear ? 'certain' : 'likely' }
}

function assumed(alignment: number, { ids }: LayoutEvidence): Candidate {
  return Number(ids.idOf(ids.count - 1)) < REACH * alignment ? COMPRESSED : UNCOMPRESSED
}

function reaches(
  { candidate }: { readonly candidate: Candidate },
  alignment: number,
  evidence: LayoutEvidence,
): boolean {
  return assumed(alignment, evidence).references === candidate.references
}

/** Greatest common divisor of the gaps between neighbours, within what JVMs allow: 8 to 256. */
export function inferAlignment(ids: IdMap): number {
  const rows = 1 << 14
  const highs = new Uint32Array(rows)
  const lows = new Uint32Array(rows)
  let divisor = 0
  for (let from = 1; from < ids.count - 1 && divisor !== 8; from += rows - 1) {
    const size = Math.min(rows, ids.count - from)
    ids.idsInto(from, highs.subarray(0, size), lows.subarray(0, size))
    for (let i = 1; i < size && divisor !== 8; i++) {
      divisor = gcd(distance(highs, lows, i), divisor)
      if (divisor <= 8) return 8
    }
  }
  return Math.min(Math.max(divisor, 8), 256)
}

function gcd(a: number, b: number): number {
  let [large, small] = [a, b]
  while (small !== 0) [large, small] = [small, large % small]
  return large
}

function distance(highs: Uint32Array, lows: Uint32Array, i: number): number {
  return (highs[i] - highs[i - 1]) * 2 ** 32 + (lows[i] - lows[i - 1])
}

/** Gaps behind objects whose size every layout knows, from places all over the heap. */
function sampleGaps({ ids, heads, classes, ...evidence }: LayoutEvidence): Gap[] {
  const shapes = new Map<number, Shape | undefined>()
  const highs = new Uint32Array(SAMPLE_RANKS)
  const lows = new Uint32Array(SAMPLE_RANKS)
  const gaps: Gap[] = []
  const step = Math.max(SAMPLE_RANKS, Math.floor(ids.count / SAMPLES))
  for (let from = 1; from < ids.count; from += step) {
    const size = Math.min(SAMPLE_RANKS, ids.count - from)
    ids.idsInto(from, highs.subarray(0, size), lows.subarray(0, size))
    for (let i = 1; i < size; i++) {
      const rank = from + i - 1
      const classNumber = classNumberOf({ heads }, rank)
      if (!shapes.has(classNumber)) shapes.set(classNumber, shapeOf(classes, classNumber))
      const shape = shapes.get(classNumber)
      if (shape !== undefined) gaps.push({ bytes: distance(highs, lows, i), shape, length: evidence.lengthOf(rank) })
    }
  }
  return gaps
}

/** @returns undefined for class objects, and for instances with fields in several classes: their order matters. */
function shapeOf(classes: readonly EvidenceClass[], number: number): Shape | undefined {
  const { kind, elementType, isJavaLangClass } = classes[number]
  if (kind !== 'instance') {
    return { kind: 'array', elementSize: elementType === undefined ? undefined : primitiveSize(elementType) }
  }
  let primitiveBytes = 0
  let references = 0
  let levels = 0
  for (let at = number; at >= 0; at = classes[at].superNumber) {
    const { fields } = classes[at]
    if (fields.length > 0) levels++
    if (isJavaLangClass || levels > 1) return undefined
    for (const { type } of fields) {
      if (type === 2) references++
      else primitiveBytes += primitiveSize(type)
    }
  }
  return { kind: 'instance', primitiveBytes, references }
}

/** How many objects would overlap their neighbour in this layout, and how many reach it exactly. */
function score(layout: Layout, gaps: readonly Gap[]): { readonly overlaps: number; readonly exact: number } {
  let overlaps = 0
  let exact = 0
  for (const { bytes, shape, length } of gaps) {
    const size = sizeIn(layout, shape, length)
    if (size > bytes) overlaps++
    else if (size === bytes) exact++
  }
  return { overlaps, exact }
}

function sizeIn(layout: Layout, shape: Shape, length: number): number {
  if (shape.kind === 'array') return arraySize(shape.elementSize ?? layout.referenceSize, length, layout)
  const end = layout.instanceHeader + shape.primitiveBytes + shape.references * layout.referenceSize
  return alignUp(alignUp(end, 8), layout.alignment)
}
