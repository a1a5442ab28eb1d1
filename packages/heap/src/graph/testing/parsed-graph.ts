/** Parsed heaps for tests, straight from a list of edges: no dump is involved. */
import { DEFAULT_OPTIONS } from '../../analysis-options.ts'
import type { Layout } from '../../layout.ts'
import {
  type HeapClass,
  type HeapRoot,
  type IdMap,
  LAST_REFERENCE,
  LENGTH_IN_HEAD,
  LENGTH_IN_RUN,
  NO_REFERENCES,
  type ParsedHeap,
} from '../../parsed-heap.ts'

export interface GraphDescription {
  /** Objects, by rank; rank 0 is the boot loader's pseudo object. */
  readonly objects: readonly {
    readonly references: readonly number[]
    /** Class number; default 0. */
    readonly class?: number
    /** Elements, for classes that are arrays. */
    readonly length?: number
  }[]
  readonly roots: readonly number[]
  /** Default: one class `Node` of 16 bytes without a class object. */
  readonly classes?: readonly Partial<HeapClass>[]
  readonly threads?: ParsedHeap['threads']
  readonly keepUnreachable?: boolean
  /** Besides those of `roots`. */
  readonly rootRecords?: readonly HeapRoot[]
  /** rank → id; ascending. Default: rank × 16. */
  readonly idOf?: (rank: number) => bigint
  /** rank → position of its sub-record; default: rank × 40. */
  readonly positionOf?: (rank: number) => number
}

const LAYOUT: Layout = {
  referenceSize: 4,
  references: 'compressed',
  instanceHeader: 12,
  arrayHeader: 16,
  compactHeaders: false,
  alignment: 8,
  certainty: 'certain',
}

export function parsedGraph(graph: GraphDescription): ParsedHeap {
  const { objects } = graph
  const classes = (graph.classes ?? [{}]).map(completeClass)
  const positions = objects.map((_, rank) => graph.positionOf?.(rank) ?? rank * 40)
  return {
    format: 'JAVA PROFILE 1.0.2',
    identifierSize: 8,
    fileSize: 1000,
    takenAtMs: 1_700_000_000_000,
    options: { ...DEFAULT_OPTIONS, keepUnreachable: graph.keepUnreachable === true },
    inferredLayout: LAYOUT,
    layout: LAYOUT,
    ids: idMap(objects.map((_, rank) => graph.idOf?.(rank) ?? BigInt(rank) * 16n)),
    positionLow: Uint32Array.from(positions, (position) => position % 2 ** 32),
    positionHigh: Uint8Array.from(positions, (position) => Math.floor(position / 2 ** 32)),
    ...referenceRuns(objects, classes),
    classes,
    classNumberOfRank: new Map(classes.flatMap(({ rank }, number) => (rank < 0 ? [] : [[rank, number]]))),
    roots: [...graph.roots.map(plainRoot), ...(graph.rootRecords ?? [])],
    rootsAreLost: false,
    unreachableRoots: new Uint32Array(0),
    threads: graph.threads ?? [],
    partial: undefined,
    notes: [],
  }
}

function completeClass(given: Partial<HeapClass>): HeapClass {
  return {
    id: BigInt(given.rank ?? 0) * 16n,
    rank: -1,
    name: 'Node',
    superNumber: -1,
    loaderId: 0n,
    fields: [],
    statics: [],
    kind: 'instance',
    elementSize: 0,
    instanceSize: 16,
    classObjectSize: 8,
    ...given,
  }
}

function plainRoot(rank: number): HeapRoot {
  return { rank, type: 'JNI Global', threadRank: -1, frame: -1, viaThread: false }
}

/** @param ids by rank, ascending */
export function idMap(ids: readonly bigint[]): IdMap {
  return {
    count: ids.length,
    rankOf: (high, low) => ids.indexOf((BigInt(high) << 32n) | BigInt(low)),
    idOf: (rank) => ids[rank],
    idsInto(from, highs, lows) {
      for (let i = 0; i < highs.length; i++) {
        highs[i] = Number(ids[from + i] >> 32n)
        lows[i] = Number(ids[from + i] & 0xffffffffn)
      }
    },
  }
}

function referenceRuns(
  objects: GraphDescription['objects'],
  classes: readonly HeapClass[],
): Pick<ParsedHeap, 'heads' | 'references'> {
  const kinds = objects.map((object) => classes[object.class ?? 0].kind)
  const runs = objects.map(({ references, length }, rank) =>
    kinds[rank] === 'object-array' ? [length ?? 0, ...references] : references,
  )
  const count = runs.reduce((sum, run) => sum + run.length, 0)
  const heads = Int32Array.from(
    objects.flatMap((object, rank) => {
      const number = object.class ?? 0
      if (kinds[rank] === 'primitive-array') return [object.length ?? 0, number | LENGTH_IN_HEAD]
      return [NO_REFERENCES, kinds[rank] === 'object-array' ? number | LENGTH_IN_RUN : number]
    }),
  )
  const targets = new Uint32Array(count)
  let next = 0
  for (const [rank, run] of runs.entries()) {
    if (run.length === 0 || kinds[rank] === 'primitive-array') continue
    heads[2 * rank] = next
    for (const target of run) targets[next++] = target
    targets[next - 1] |= LAST_REFERENCE
  }
  return { heads, references: { count, targets } }
}
