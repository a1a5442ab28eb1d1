/** What Eclipse MAT answered for a dump, and the same facts from the engine. */
import { createHash } from 'node:crypto'
import { fixtureText } from '@heaptrail/fixtures/packed'
import { exportObjects, exportReferences } from '@heaptrail/heap/query/export'
import type { Heap } from '@heaptrail/heap/query/heap'
import { summary } from '@heaptrail/heap/query/lists/summary'
import type { Snapshot } from '@heaptrail/heap/snapshot/snapshot'

export interface Truth {
  readonly info: {
    readonly usedHeapSize: number
    readonly numberOfObjects: number
    readonly numberOfClasses: number
    readonly numberOfClassLoaders: number
    readonly numberOfGCRoots: number
    readonly compressedOops: boolean | null
    readonly unreachableObjects: number
    readonly unreachableSize: number
  }
  readonly histogram: readonly {
    readonly class: string
    readonly addr: string
    readonly instances: number
    readonly shallow: number
    readonly retainedMin?: number
  }[]
  readonly topLevelDominatorCount: number
  readonly table: { readonly sha256: string; readonly refsSha256?: string }
  readonly gcRoots: { readonly list: readonly string[]; readonly sha256: string }
}

export function truthOf(name: string): Truth {
  return JSON.parse(fixtureText(`mat-truth/${name}.json.gz`)) as Truth
}

function sha256(write: (to: (bytes: Uint8Array) => void) => void): string {
  const hash = createHash('sha256')
  write((bytes) => hash.update(bytes))
  return hash.digest('hex')
}

export function objectsSha256(snapshot: Snapshot): string {
  return sha256((write) => exportObjects(snapshot, write))
}

export function referencesSha256(snapshot: Snapshot): string {
  return sha256((write) => exportReferences(snapshot, write))
}

/** Lines `id types`, as the truth lists them: roots that a thread holds are edges of the thread and not in it. */
export function rootsSha256({ snapshot }: Heap): string {
  const types = new Map<bigint, Set<string>>()
  for (const root of snapshot.roots(0, snapshot.rootCount())) {
    if (root.viaThread) continue
    const id = snapshot.idOf(root.index)
    types.set(id, (types.get(id) ?? new Set()).add(root.type))
  }
  const lines = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = lines.map(([id, names]) => `${id.toString(16)} ${[...names].toSorted().join(',')}\n`).join('')
  return createHash('sha256').update(text).digest('hex')
}

/** The truth's totals, from the engine. */
export function totalsOf(heap: Heap): Partial<Truth['info']> {
  const { usedHeap, objects, classes, classLoaders, gcRoots, unreachable } = summary(heap)
  return {
    usedHeapSize: usedHeap,
    numberOfObjects: objects,
    numberOfClasses: classes,
    numberOfClassLoaders: classLoaders,
    numberOfGCRoots: gcRoots,
    unreachableObjects: unreachable.objects,
    unreachableSize: unreachable.bytes,
  }
}
