import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { type HprofHeader, readHeader } from '@heaptrail/hprof/header'
import { type AnalysisOptions, DEFAULT_OPTIONS } from '../analysis-options.ts'
import { type ClassSizes, classSizes } from '../class-sizes.ts'
import { type LayoutEvidence, chooseLayout, inferLayout } from '../layout-inference.ts'
import type { Layout } from '../layout.ts'
import { type HeapClass, type ParsedHeap, classNumberOf, lengthOf } from '../parsed-heap.ts'
import { requireMemoryForGraph, requireMemoryToParse } from '../memory-needed.ts'
import type { OnProgress } from '../progress.ts'
import { layoutOfMat } from '../sizes.ts'
import type { OnHistogram } from '../provisional-histogram.ts'
import { primitiveSize } from '@heaptrail/hprof/tags'
import { type ClassList, buildClasses, mergedUses, namesOfClasses } from './classes.ts'
import { type FilledHeap, fillReferences } from './fill-references.ts'
import { firstHistogram } from './first-histogram.ts'
import type { IdIndex } from './id-index.ts'
import { indexObjects } from './index-objects.ts'
import { readNames } from './names.ts'
import type { PassRunner } from './pass-runner.ts'
import { type RawClass, readClasses } from './raw-classes.ts'
import { rootRecords } from './root-list.ts'
import { type Roots, buildRoots, namesOfFrames } from './roots.ts'
import { type ScannedDump, scanDump } from './scan-dump.ts'

/** Positions in the dump are kept in 40 bits. */
const LARGEST_DUMP = 2 ** 40

/**
 * Reads a heap dump into columns over ranks, in two passes over its heap segments.
 * @param onHistogram told once, after the first pass
 * @param scanned what the first pass found, when that is over already
 * @throws HprofError when the bytes are no heap dump, hold no objects, or more than can be numbered.
 * @throws NotEnoughMemoryError when the runner has less memory left than the rest of the analysis needs
 */
export async function parseHeap(
  source: ByteSource,
  runner: PassRunner,
  onProgress: OnProgress,
  options: AnalysisOptions = DEFAULT_OPTIONS,
  onHistogram: OnHistogram = () => undefined,
  scanned?: ScannedDump,
): Promise<ParsedHeap> {
  const header = readHeader(source)
  if (source.size > LARGEST_DUMP)
    throw new HprofError(`The dump has ${source.size} bytes; at most 1 TiB can be read.`, LARGEST_DUMP)
  const dump = scanned ?? (await scanDump(source, header, runner, onProgress))
  const descriptions = readDescriptions(source, header, dump)
  if (dump.scans.some((scan) => scan.objects > 0))
    onHistogram(firstHistogram({ ...descriptions, ...countsOf(header, dump), bytesRead: source.size, isWhole: true }))
  onProgress('index-objects', 0)
  const index = await indexObjects(header.identifierSize, dump, runner)
  const { ids } = index
  if (ids.count <= 1) throw new HprofError(withoutObjects(dump), dump.partial?.byte ?? source.size)
  const { list, roots } = describeHeap(header, dump, ids, descriptions)
  onProgress('index-objects', 1)
  const counted = { objects: ids.count, arrays: arraysOf(dump) }
  requireMemoryToParse(counted, runner.available())
  const filled = await fillReferences(
    { header, dump, index, list, roots: roots.roots, fileSize: source.size },
    runner,
    onProgress,
  )
  requireMemoryForGraph({ ...counted, references: filled.references.count }, runner.available())
  const evidence = evidenceOf(header, ids, filled, list)
  const inferredLayout = inferLayout(evidence)
  const chosen = chooseLayout(evidence, options.layout, inferredLayout)
  const layout = options.sizes === 'mat' ? layoutOfMat(chosen) : chosen
  const threads = roots.threads.map(({ rank }) => rank)
  const plainThreads = threads.filter(
    (rank) => list.entries[classNumberOf(filled.columns, rank)].name === 'java.lang.Thread',
  )
  const sizes = classSizes(list, layout, options.sizes, { ids, threads: plainThreads })
  return {
    ...heading(header, source.size),
    options,
    inferredLayout,
    layout,
    ids,
    ...filled.columns,
    references: filled.references,
    classes: heapClasses(list, layout, sizes),
    classNumberOfRank: new Map(list.entries.flatMap((one, number) => (one.rank > 0 ? [[one.rank, number]] : []))),
    roots: roots.roots,
    rootsAreLost: roots.areLost,
    unreachableRoots: new Uint32Array(0),
    threads: roots.threads,
    partial: dump.partial,
    notes: [...dump.notes, ...index.notes, ...list.notes, ...roots.notes, ...filled.notes],
  }
}

function arraysOf({ scans, primitiveArrays }: ScannedDump): number {
  const sum = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0)
  return scans.reduce((all, { uses }) => all + sum(uses.arrays), sum(primitiveArrays))
}

function evidenceOf(
  { identifierSize }: HprofHeader,
  ids: IdIndex,
  { columns: { heads }, references }: FilledHeap,
  list: ClassList,
): LayoutEvidence {
  const classes = list.entries.map((one, number) => ({ ...one, isJavaLangClass: number === list.javaLangClass }))
  return { identifierSize, ids, heads, lengthOf: (rank) => lengthOf({ heads, references }, rank), classes }
}

/** Classes as they stand in the dump, and the strings that name something of what is kept. */
interface Descriptions {
  readonly raw: readonly RawClass[]
  readonly texts: ReadonlyMap<bigint, string>
}

function readDescriptions(source: ByteSource, { identifierSize }: HprofHeader, dump: ScannedDump): Descriptions {
  const raw = readClasses(source, identifierSize, dump.classPositions)
  const wanted = namesOfClasses(raw, dump.records.classNames)
  for (const id of namesOfFrames(dump.records)) wanted.add(id)
  return { raw, texts: readNames(source, identifierSize, dump.records.spans, wanted) }
}

function countsOf({ identifierSize }: HprofHeader, { scans, records }: ScannedDump) {
  return { identifierSize, counts: scans, classNames: records.classNames }
}

/** What is not per object: classes, roots and threads, with their names. */
function describeHeap(
  { identifierSize }: HprofHeader,
  dump: ScannedDump,
  ids: IdIndex,
  { raw, texts }: Descriptions,
): { readonly list: ClassList; readonly roots: Roots } {
  const list = buildClasses({
    identifierSize,
    raw,
    ids,
    classNames: dump.records.classNames,
    texts,
    uses: mergedUses(dump.scans.map((scan) => scan.uses)),
    primitiveArrays: dump.primitiveArrays,
  })
  const roots = buildRoots({
    records: rootRecords(dump.scans.map((scan) => scan.roots)),
    dump: dump.records,
    ids,
    classes: list.entries,
    texts,
    isPartial: dump.partial !== undefined,
    isCut: dump.isCut,
  })
  return { list, roots }
}

function heading(
  header: HprofHeader,
  fileSize: number,
): Pick<ParsedHeap, 'format' | 'identifierSize' | 'fileSize' | 'takenAtMs'> {
  return { format: header.format, identifierSize: header.identifierSize, fileSize, takenAtMs: header.takenAtMs }
}

function withoutObjects({ partial }: ScannedDump): string {
  if (partial === undefined) {
    return 'The dump holds no objects: its heap is missing or empty. Take it again, and wait until the JVM has written all of it.'
  }
  const read = partial.message.replace(/ What stands before byte \d+ was read\.$/, '')
  return `${read} No object could be read: copy the file again, in binary mode, or take the dump again.`
}

function heapClasses(list: ClassList, layout: Layout, sizes: ClassSizes): HeapClass[] {
  return list.entries.map((one, number) => ({
    id: one.id,
    rank: one.rank,
    name: one.name,
    superNumber: one.superNumber,
    loaderId: one.loaderId,
    fields: one.fields,
    statics: one.statics,
    kind: one.kind,
    elementSize: elementSize(one, layout),
    instanceSize: one.kind === 'instance' ? sizes.instances[number] : 0,
    classObjectSize: sizes.classObjects[number],
  }))
}

function elementSize({ kind, elementType }: ClassList['entries'][number], layout: Layout): number {
  if (kind === 'instance') return 0
  return elementType === undefined ? layout.referenceSize : primitiveSize(elementType)
}
