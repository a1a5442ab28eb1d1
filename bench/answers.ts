/**
 * How long the answers take that look at a whole heap: who holds it, what became of it in another dump, what a cut frees,
 * what a selection retains. Each part is asked of query processes that have just been started, as after an analysis.
 *
 *     node bench/answers.ts DUMP [--snapshot FILE] [--cuts N]
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compare, lookupsOf } from '@heaptrail/findings/compare/compare'
import { analyse } from '@heaptrail/heap-node/analyse'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { queryClients } from '@heaptrail/heap-node/query-client'
import type { HeapClient } from '@heaptrail/heap/query/questions'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import type { Snapshot } from '@heaptrail/heap/snapshot/snapshot'
import { pickObjects } from './pick-objects.ts'
import { megabytesText, printTable, secondsText } from './print.ts'

const ALL_CLASSES = { offset: 0, limit: 1_000_000, sort: 'retained', order: 'desc', filter: '' } as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { snapshot: { type: 'string' }, cuts: { type: 'string', default: '200' } },
})
const [dumpPath] = positionals
if (dumpPath === undefined) throw new Error('node bench/answers.ts DUMP [--snapshot FILE] [--cuts N]')
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-answers-'))
try {
  await measure(dumpPath, values.snapshot)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(dump: string, existing: string | undefined): Promise<void> {
  const snapshotPath = existing ?? join(folder, 'one.snapshot')
  if (existing === undefined) {
    const { wallMs } = await analyse({ dumpPath: dump, snapshotPath })
    console.log(`Analysis: ${secondsText(wallMs)}\n`)
  }
  const other = join(folder, 'other.snapshot')
  copyFileSync(snapshotPath, other)
  const snapshot = openSnapshot(openFileSource(snapshotPath))
  const one = { snapshotPath, dumpPath: dump }
  const two = { snapshotPath: other, dumpPath: dump }
  printTable(
    ['question', 'asked', 'p50', 'p95', 'longest', 'CPU each', 'memory'],
    [
      await row('suspects', [one], ([heap]) => [() => heap.suspects()]),
      await row('comparison of two', [one, two], ([before, after]) => [() => compared(before, after, snapshotPath)]),
      await row('what if a reference were cut', [one], ([heap]) => cuts(snapshot, Number(values.cuts), heap)),
      await row('retained set of a class', [one], ([heap]) => sets(snapshot, heap)),
      await row('immediate dominators of a class', [one], ([heap]) => dominators(snapshot, heap)),
    ],
  )
}

type Ask = () => Promise<unknown>
type Files = { readonly snapshotPath: string; readonly dumpPath: string }

async function row(
  name: string,
  files: readonly Files[],
  questions: (heaps: HeapClient[]) => Ask[],
): Promise<string[]> {
  const pids: (number | undefined)[] = []
  const clients = queryClients({ timeoutMs: 600_000, onStart: (pid) => pids.push(pid) })
  const times: number[] = []
  for (const ask of questions(files.map((each) => clients.open(each)))) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
  }
  const cpu = pids.reduce<number>((sum, pid) => sum + (pid === undefined ? 0 : cpuMsOf(pid)), 0)
  const memory = pids.map((pid) => (pid === undefined ? 0 : peakOf(pid)))
  await clients.close()
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number): string => secondsText(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)
  return [
    name,
    String(times.length),
    at(0.5),
    at(0.95),
    at(1),
    secondsText(cpu / times.length),
    memory.map(megabytesText).join(' + '),
  ]
}

/** User and system time of all threads, the start of the process included; Linux only. */
function cpuMsOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return 10 * (Number(user) + Number(system))
}

/** VmHWM; Linux only. */
function peakOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}

async function compared(before: HeapClient, after: HeapClient, beforePath: string): Promise<unknown> {
  const [first, second] = await Promise.all([before.suspects(), after.suspects()])
  const lookups = lookupsOf({ facts: first }, { facts: second })
  const sideOf = async (heap: HeapClient, facts: typeof first) => {
    const [{ rows: histogram, total: objects }, heldThrough] = await Promise.all([
      heap.histogram(ALL_CLASSES),
      heap.heldThrough(lookups),
    ])
    return { facts, histogram, objects, heldThrough }
  }
  const kept = after.keptObjects(beforePath)
  const [one, other] = await Promise.all([sideOf(before, first), sideOf(after, second)])
  return compare(one, other, await kept)
}

/** References of random objects, of the widest and of the deepest: from each its first and its last one. */
function cuts(snapshot: Snapshot, count: number, heap: HeapClient): Ask[] {
  const { random, widest, deepest } = pickObjects(snapshot, Math.ceil(count / 3))
  return [...random, ...widest, ...deepest].flatMap((source) => {
    const targets = snapshot.outgoing(source, 0, 1000)
    const target = targets.at(-1)
    return target === undefined ? [] : [() => heap.whatIfCut(idOf(snapshot, source), idOf(snapshot, target))]
  })
}

function sets(snapshot: Snapshot, heap: HeapClient): Ask[] {
  return largestClasses(snapshot).map(
    (id) => () => heap.retainedSetOf({ objects: [], classes: [id], className: undefined }),
  )
}

function dominators(snapshot: Snapshot, heap: HeapClient): Ask[] {
  return largestClasses(snapshot).map(
    (id) => () => heap.selectionDominators({ objects: [], classes: [id], className: undefined }, 'jdk'),
  )
}

function largestClasses(snapshot: Snapshot): string[] {
  const classes = snapshot.classes().toSorted((a, b) => b.retainedMin - a.retainedMin)
  return classes.slice(0, 10).map(({ id }) => `0x${id.toString(16)}`)
}

function idOf(snapshot: Snapshot, index: number): string {
  return `0x${snapshot.idOf(index).toString(16)}`
}
