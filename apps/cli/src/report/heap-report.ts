/** What `analyze` says of a heap dump; as JSON it is documented in docs/cli.md. Sizes are bytes. */
import { dominators } from '@heaptrail/heap/query/dominators/dominators'
import type { Heap } from '@heaptrail/heap/query/heap'
import { histogram } from '@heaptrail/heap/query/classes/histogram'
import type { HeapObject, HeapSummary, HistogramRow } from '@heaptrail/heap/query/messages'
import { summary } from '@heaptrail/heap/query/lists/summary'
import type { Damage } from '@heaptrail/intake/report'
import type { ArtifactFacts } from '../artifacts.ts'
import { type HeapFinding, heapFindingsOf } from './heap-finding.ts'

export interface HeapReport {
  readonly kind: 'heap-dump'
  readonly name: string
  readonly archive: string | null
  readonly status: 'ready' | 'partial'
  readonly partial: { readonly message: string; readonly byte: number } | null
  readonly notes: readonly string[]
  readonly findings: readonly HeapFinding[]
  readonly format: string
  readonly identifierSize: 4 | 8
  readonly fileSize: number
  readonly takenAt: string | null
  readonly jvm: string | null
  readonly options: HeapSummary['options']
  readonly inferredLayout: HeapSummary['inferredLayout']
  readonly layout: HeapSummary['layout']
  readonly totals: {
    readonly usedHeap: number
    readonly objects: number
    readonly classes: number
    readonly classLoaders: number
    readonly gcRoots: number
    readonly unreachable: { readonly objects: number; readonly bytes: number }
  }
  /** Distinct objects per root type. */
  readonly gcRoots: HeapSummary['rootsByType']
  /** By falling minimum retained size. */
  readonly histogram: readonly ClassRow[]
  /** The heaviest objects of the first level of the dominator tree. */
  readonly dominators: readonly DominatorRow[]
  /** How many objects the first level has. */
  readonly dominatorsTotal: number
  readonly analysis: AnalysisCost
}

export interface ClassRow {
  readonly classId: string
  readonly className: string
  readonly loader: { readonly id: string; readonly className: string; readonly name: string | null } | null
  readonly instances: number
  readonly shallow: number
  /** Minimum retained: counted once per topmost object of the class in the dominator tree. */
  readonly retained: number
}

export type DominatorRow = Pick<HeapObject, 'id' | 'kind' | 'className' | 'label' | 'shallow' | 'retained'> & {
  /** Objects that it immediately dominates. */
  readonly children: number
}

export interface AnalysisCost {
  readonly phases: HeapSummary['phases']
  readonly wallMs: number
  readonly cpuMs: number
  /** Largest resident memory (VmHWM), summed over the processes that took part. */
  readonly peakMemory: number
  readonly snapshotSize: number
}

const DOMINATORS = 100

export function heapReport(facts: ArtifactFacts, heap: Heap, analysis: AnalysisCost): HeapReport {
  const overview = summary(heap)
  const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER, sort: 'retained', order: 'desc', filter: '' } as const
  const top = dominators(heap, { offset: 0, limit: DOMINATORS })
  const partial = joined(facts.damage, overview.partial ?? undefined)
  const { usedHeap, objects, classes, classLoaders, gcRoots, unreachable } = overview
  return {
    kind: 'heap-dump',
    name: facts.name,
    archive: facts.archive ?? null,
    status: partial === null ? 'ready' : 'partial',
    partial,
    notes: overview.notes,
    findings: heapFindingsOf(heap),
    format: overview.format,
    identifierSize: overview.identifierSize,
    fileSize: overview.fileSize,
    takenAt: overview.takenAt,
    jvm: overview.jvm,
    options: overview.options,
    inferredLayout: overview.inferredLayout,
    layout: overview.layout,
    totals: { usedHeap, objects, classes, classLoaders, gcRoots, unreachable },
    gcRoots: overview.rootsByType,
    histogram: histogram(heap, all).rows.map(classRow),
    dominators: top.rows.map(dominatorRow),
    dominatorsTotal: top.total,
    analysis,
  }
}

/** A dump that broke off on unpacking is mostly cut off for its reader too: both are told, and where reading ended. */
function joined(unpacking: Damage | undefined, reading: Damage | undefined): HeapReport['partial'] {
  if (unpacking === undefined || reading === undefined) return unpacking ?? reading ?? null
  return { message: `${unpacking.message} ${reading.message}`, byte: reading.byte }
}

function classRow(row: HistogramRow): ClassRow {
  const { classId, className, loader, objects, shallow, retained } = row
  const name = loader?.label.kind === 'class-loader' ? loader.label.name : null
  return {
    classId,
    className,
    loader: loader && { id: loader.id, className: loader.className, name },
    instances: objects,
    shallow,
    retained,
  }
}

function dominatorRow(row: HeapObject & { children: number }): DominatorRow {
  const { id, kind, className, label, shallow, retained, children } = row
  return { id, kind, className, label, shallow, retained, children }
}
