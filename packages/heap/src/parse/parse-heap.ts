import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { type HprofHeader, readHeader } from '@heaptrail/hprof/header'
import { inferLayout } from '../layout-inference.ts'
import type { Layout } from '../layout.ts'
import type { HeapClass, ParsedHeap } from '../parsed-heap.ts'
import type { OnProgress } from '../progress.ts'
import { classObjectSize, instanceSizes, sizeRule } from '../sizes.ts'
import { primitiveSize } from '@heaptrail/hprof/tags'
import { type ClassList, buildClasses, mergedUses, namesOfClasses } from './classes.ts'
import { fillReferences } from './fill-references.ts'
import type { IdIndex } from './id-index.ts'
import { indexObjects } from './index-objects.ts'
import { readNames } from './names.ts'
import type { PassRunner } from './pass-runner.ts'
import { readClasses } from './raw-classes.ts'
import { rootRecords } from './root-list.ts'
import { type Roots, buildRoots, namesOfFrames } from './roots.ts'
import { type ScannedDump, scanDump } from './scan-dump.ts'

/** Positions in the dump are kept in 40 bits. */
const LARGEST_DUMP = 2 ** 40

/**
 * Reads a heap dump into columns over ranks, in two passes over its heap segments.
 * @throws HprofError when the bytes are no heap dump, hold no objects, or more than can be numbered.
 */
export async function parseHeap(source: ByteSource, runner: PassRunner, onProgress: OnProgress): Promise<ParsedHeap> {
  const header = readHeader(source)
  if (source.size > LARGEST_DUMP)
    throw new HprofError(`The dump has ${source.size} bytes; at most 1 TiB can be read.`, LARGEST_DUMP)
  const dump = await scanDump(source, header, runner, onProgress)
  onProgress('index-objects', 0)
  const index = await indexObjects(header.identifierSize, dump, runner)
  const { ids } = index
  if (ids.count <= 1 && !dump.isCut)
    throw new HprofError(`The dump holds no objects: ${reason(dump)}`, dump.partial?.byte ?? source.size)
  const { list, roots } = describeHeap(source, header, dump, ids)
  onProgress('index-objects', 1)
  const filled = await fillReferences(
    { header, dump, index, list, roots: roots.roots, fileSize: source.size },
    runner,
    onProgress,
  )
  const layout = inferLayout({
    identifierSize: header.identifierSize,
    ids,
    ...filled.columns,
    classes: list.entries.map((one, number) => ({ ...one, isJavaLangClass: number === list.javaLangClass })),
  })
  return {
    ...heading(header, source.size),
    layout,
    ids,
    ...filled.columns,
    references: filled.references,
    classes: heapClasses(list, layout),
    classNumberOfRank: new Map(list.entries.flatMap((one, number) => (one.rank > 0 ? [[one.rank, number]] : []))),
    roots: roots.roots,
    threads: roots.threads,
    partial: dump.partial,
    notes: [...dump.notes, ...index.notes, ...list.notes, ...roots.notes, ...filled.notes],
  }
}

/** What is not per object: classes, roots and threads, with their names. */
function describeHeap(
  source: ByteSource,
  { identifierSize }: HprofHeader,
  dump: ScannedDump,
  ids: IdIndex,
): { readonly list: ClassList; readonly roots: Roots } {
  const raw = readClasses(source, identifierSize, dump.classPositions)
  const wanted = namesOfClasses(raw, dump.records.classNames)
  for (const id of namesOfFrames(dump.records)) wanted.add(id)
  const texts = readNames(source, identifierSize, dump.records.spans, wanted)
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

function reason({ partial }: ScannedDump): string {
  return partial?.message ?? 'it has no heap dump record, or an empty one.'
}

function heapClasses(list: ClassList, layout: Layout): HeapClass[] {
  // JDK 15 changed the placing of fields; java.lang.Record, always loaded, came one release before
  const modern = list.entries.some((one) => one.name === 'java.lang.Record')
  const sizes = instanceSizes(list.entries, layout, sizeRule(layout, modern))
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
    instanceSize: one.kind === 'instance' ? sizes[number] : 0,
    classObjectSize: classObjectSize(one.statics, layout),
  }))
}

function elementSize({ kind, elementType }: ClassList['entries'][number], layout: Layout): number {
  if (kind === 'instance') return 0
  return elementType === undefined ? layout.referenceSize : primitiveSize(elementType)
}
