/**
 * What is said about each dump of the fixtures: docs/suspects.md is written by this test from the large set
 * (`npx vitest run -u suspects` with HEAPTRAIL_FIXTURES), and its rows of the small set are checked everywhere.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import { fieldName } from '@heaptrail/api/finding-texts/heap-words'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { heapFindings } from '@heaptrail/findings/heap/verdict'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { dumpsFolder, packedPath, unpack } from '@heaptrail/fixtures/packed'
import type { Heap } from '@heaptrail/heap/query/heap'
import { netty } from '@heaptrail/heap/netty/netty'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { suspects } from '@heaptrail/heap/suspects/suspects'
import { expect, test } from 'vitest'
import { type HandCount, arenasByHand } from './netty-by-hand.ts'

const DOCUMENT = new URL('../../../docs/suspects.md', import.meta.url).pathname

/** The causes that were planted: severity, rule, culprit. Dumps that are not here have nothing critical and no warning. */
// Only the heaps of `oom` were full; the others had much room.
const SESSIONS = 'warning leak-suspect Scenarios$SessionManager#sessions'
const KEPT = 'warning leak-suspect Scenarios.keep'
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'small-leaky': ['critical netty-leak Utils.bufPool'],
  'small-leaky-inflight': ['critical netty-leak Utils.bufPool'],
  'leaky-16m-chunks': ['critical netty-leak Utils.bufPool'],
  'verify-50-unreleased': ['critical netty-leak Utils.bufPool'],
  'verify-500-unreleased': ['critical netty-leak Utils.bufPool'],
  'leak-17': [SESSIONS],
  'threadlocal-17': ['critical thread-local-suspect Scenarios#CTX', 'warning thread-local-suspect Scenarios#TL'],
  'classloaders-17': ['critical class-loader-suspect Scenarios.KEEP'],
  'refs-17': ['critical finalizer-backlog Finalizer.unfinalized'],
  'refs-17-all': ['critical finalizer-backlog Finalizer.unfinalized'],
  'oom-17': [KEPT.replace('warning', 'critical'), SESSIONS],
  'oom-25': [KEPT.replace('warning', 'critical'), SESSIONS],
  'collections-17': [KEPT],
  'deeplist-500k': [KEPT],
  'star-500k': [KEPT],
}

function plantedIn(name: string): readonly string[] {
  if (/^(mix|jcmd)-/.test(name)) return [SESSIONS]
  return name.startsWith('strings-') ? [KEPT] : (PLANTED[name] ?? [])
}

/** Dumps of Netty are counted by hand, too. */
async function findingsOf(path: string, isNetty = false): Promise<HeapFinding[]> {
  const bytes = unpack(path)
  const heap = await analysed(bytes)
  if (isNetty) expect(arenasOf(heap)).toEqual(arenasByHand(bytes))
  return heapFindings(suspects(heap))
}

/** By id, those with chunks. */
function arenasOf(heap: Heap): Map<string, HandCount> {
  const inUse = netty(heap).allocators.flatMap(({ arenas }) => arenas.filter(({ chunks }) => chunks > 0))
  return new Map(
    inUse.map(({ object, chunks, bytes, taken, cached, live, liveBuffers, lost }) => [
      object.id,
      { chunks, bytes, taken, cached, live, liveBuffers, lost },
    ]),
  )
}

function culpritText({ parameters }: HeapFinding): string {
  if ('threadLocal' in parameters && parameters.threadLocal !== null) return parameters.threadLocal.replace(/^.*\./, '')
  const field = 'growsThrough' in parameters ? (parameters.growsThrough ?? parameters.culprit) : undefined
  const culprit = field ?? ('culprit' in parameters ? parameters.culprit : null)
  return culprit === null ? '' : fieldName(culprit)
}

function graveOf(findings: readonly HeapFinding[]): string[] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map((finding) => `${finding.severity} ${finding.id} ${culpritText(finding)}`)
}

function rowsOf(name: string, findings: readonly HeapFinding[]): string {
  return findings
    .map(
      (finding) =>
        `| ${name} | ${finding.severity} | \`${finding.id}\` | ${heapFindingText(finding, 'en').title.replaceAll('|', '')} |`,
    )
    .join('\n')
}

function largeDumps(folder: string): { name: string; path: string; isNetty: boolean }[] {
  const netty = readdirSync(join(folder, 'A-netty-leak')).flatMap((run) => {
    const path = ['fetch.hprof.zst', 'fetch.tar.gz', 'dump.hprof.gz'].map((file) =>
      join(folder, 'A-netty-leak', run, file),
    )
    return path
      .filter((candidate) => existsSync(candidate))
      .slice(0, 1)
      .map((found) => ({ name: run, path: found, isNetty: true }))
  })
  const names = readdirSync(join(folder, 'C-hprof')).flatMap(
    (file) => /^(.*)\.hprof(\.gz|\.zst)?$/.exec(file)?.[1] ?? [],
  )
  const various = [...new Set(names)].toSorted().flatMap((name) => {
    const path = packedPath(join(folder, 'C-hprof'), name)
    return path === undefined ? [] : [{ name, path, isNetty: false }]
  })
  return [...netty, ...various]
}

const SMALL = ['leak-17', 'refs-17', 'small-leaky', 'known-17', 'kinds-25-g1', 'threads-17', 'vthreads-25']

test.each(SMALL)('%s: the planted cause is found and nothing else is accused', async (name) => {
  const findings = await findingsOf(packedPath(dumpsFolder, name) ?? '', name === 'small-leaky')
  expect(graveOf(findings)).toEqual(plantedIn(name))
  expect(readFileSync(DOCUMENT, 'utf8')).toContain(rowsOf(name, findings))
})

test.skipIf(largeFixtures === undefined)('the table of all dumps is true', { timeout: 600_000 }, async () => {
  const rows: string[] = []
  for (const { name, path, isNetty } of largeDumps(largeFixtures ?? '')) {
    const findings = await findingsOf(path, isNetty)
    expect([name, ...graveOf(findings)]).toEqual([name, ...plantedIn(name)])
    rows.push(rowsOf(name, findings))
  }
  await expect(`${HEAD}${rows.join('\n')}\n`).toMatchFileSnapshot(DOCUMENT)
})

const HEAD = `# What is said about each dump

Written by \`apps/cli/test/suspects.test.ts\` from real dumps with planted causes; the rules stand in [findings.md](findings.md).
A dump whose rows are all \`info\` is a healthy one, or one too small to tell.

| dump | severity | rule | title |
|---|---|---|---|
`
