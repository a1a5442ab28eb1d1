/** Random heaps, written as HPROF, through the whole engine, against the oracle. */
import { type OracleHeap, oracleHeap, shortestPathLengths } from '@heaptrail/fixtures/oracle'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import type { PassRunner } from '@heaptrail/heap/parse/pass-runner'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { pathsToRoots } from '@heaptrail/heap/query/paths/paths'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { expect } from 'vitest'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { splitRunner } from '@heaptrail/heap/parse/testing/split-runner'
import { engineLines, oracleLines } from './oracle-compare.ts'

/** As little as it takes, so that pages are replaced. */
const SMALL_CACHE = 1 << 18

/** Every other dump is read as by two to four threads. */
export function passes(seed: number): ((dump: Uint8Array) => PassRunner) | undefined {
  const threads = 2 + (seed % 3)
  return seed % 2 === 0 ? undefined : (dump) => splitRunner(bytesSource(dump), threads)
}

/** @param runner makes the runner of the passes for a dump; absent: this thread runs them. */
export async function compareWithOracle(seed: number, runner?: (dump: Uint8Array) => PassRunner): Promise<void> {
  const scene = randomHeap(seed)
  const bytes = scene.bytes()
  // The oracle sizes as MAT does; the JVM's own sizes are proved by its histograms.
  const options = { cacheBytes: SMALL_CACHE, runner: runner?.(bytes), analysis: { sizes: 'mat' } } as const
  const heap = await analysed(bytes, options)
  const oracle = oracleHeap(bytes, heap.snapshot.meta.layout)
  expect(engineLines(heap), `seed ${seed}`).toBe(oracleLines(oracle))
  expectInverse(heap, seed)
  expectTree(heap, seed)
  expectShortestPaths(heap, oracle, seed)
  if (seed % 10 === 0)
    for (let index = 1; index <= heap.snapshot.objectCount; index += 23) expectPaths(heap, index, seed)
}

/** Incoming references are the outgoing ones turned round, as far as both ends are reachable or neither is. */
function expectInverse({ snapshot }: Heap, seed: number): void {
  const turned: number[][] = Array.from({ length: snapshot.objectCount + 1 }, () => [])
  for (let index = 1; index <= snapshot.objectCount; index++)
    for (const target of snapshot.outgoing(index)) {
      if (target <= snapshot.reachableCount && index > snapshot.reachableCount) continue
      turned[target].push(index)
    }
  const lines = (targets: (index: number) => Iterable<number>): string =>
    Array.from(
      { length: snapshot.objectCount },
      (_, row) => `${row + 1}: ${[...targets(row + 1)].toSorted((a, b) => a - b).join(' ')}`,
    ).join('\n')
  expect(
    lines((index) => snapshot.incoming(index)),
    `referrers, seed ${seed}`,
  ).toBe(lines((index) => turned[index]))
}

function expectTree({ snapshot }: Heap, seed: number): void {
  let seen = 0
  for (let index = VIRTUAL_ROOT; index <= snapshot.reachableCount; index++) {
    const count = snapshot.dominatorChildCount(index)
    if (count === 0) continue
    const children = [...snapshot.dominatorChildren(index, 0, count)]
    const sizes = children.map((child) => snapshot.retainedSize(child))
    expect(sizes, `children of ${index}, seed ${seed}`).toEqual(sizes.toSorted((a, b) => b - a))
    expect(children.every((child) => snapshot.immediateDominator(child) === index)).toBe(true)
    seen += count
  }
  expect(seen).toBe(snapshot.reachableCount)
}

function expectShortestPaths({ snapshot }: Heap, oracle: OracleHeap, seed: number): void {
  const lengths = new Int32Array(snapshot.objectCount + 1)
  for (let index = 1; index <= snapshot.objectCount; index++) {
    let at = index
    for (; at > VIRTUAL_ROOT; at = snapshot.shortestPathParent(at)) lengths[index]++
    if (at === NO_OBJECT) lengths[index] = 0
  }
  const expected = new Int32Array(snapshot.objectCount + 1)
  for (const [id, length] of shortestPathLengths(oracle)) expected[snapshot.indexOf(BigInt(id))] = length
  expect(lengths.join(' '), `lengths of shortest paths, seed ${seed}`).toBe(expected.join(' '))
}

/** One path per root from which the object is reached without passing another root; the first one is a shortest. */
function expectPaths(heap: Heap, index: number, seed: number): void {
  const { snapshot } = heap
  const { rows, complete } = pathsToRoots(heap, printId(snapshot.idOf(index)), { offset: 0, limit: 1000, exclude: [] })
  const paths = rows.map((path) => path.steps.map(({ object }) => snapshot.indexOf(BigInt(object.id))))
  const said = `paths of ${index}, seed ${seed}`
  expect(complete, said).toBe(true)
  expect(new Set(paths.map((path) => path.at(-1))), said).toEqual(rootsThatReach(snapshot, index))
  for (const [row, path] of paths.entries()) {
    expect(path[0], said).toBe(index)
    expect(path.length, said).toBeGreaterThanOrEqual(paths[Math.max(0, row - 1)].length)
    expect(
      path.slice(0, -1).some((step) => snapshot.isRoot(step)),
      said,
    ).toBe(false)
    for (let step = 1; step < path.length; step++) {
      expect([...snapshot.outgoing(path[step])], said).toContain(path[step - 1])
      expect(rows[row].steps[step].edges, said).not.toEqual([])
    }
  }
}

function rootsThatReach(snapshot: Snapshot, index: number): Set<number> {
  const roots = new Set<number>()
  const seen = new Set([index])
  if (index > snapshot.reachableCount) return roots
  for (const at of seen) {
    if (snapshot.isRoot(at)) roots.add(at)
    else for (const source of snapshot.incoming(at)) seen.add(source)
  }
  return roots
}
