import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dumpsFolder, fixtureText, packedPath } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import type { HeapReport } from '../src/report/heap-report.ts'
import type { JstatReport } from '../src/report/jstat-report.ts'
import type { Report } from '../src/report/report.ts'
import type { TopReport } from '../src/report/top-report.ts'
import { runCli } from './run-cli.ts'

interface Truth {
  readonly info: {
    readonly usedHeapSize: number
    readonly numberOfObjects: number
    readonly numberOfGCRoots: number
    readonly unreachableObjects: number
  }
  readonly histogram: readonly {
    readonly class: string
    readonly addr: string
    readonly instances: number
    readonly shallow: number
    readonly retainedMin: number
  }[]
  readonly table: { readonly sha256: string }
}

const known = packedPath(dumpsFolder, 'known-17') ?? ''
const truth = JSON.parse(fixtureText('mat-truth/known-17.json.gz')) as Truth
const archives = new URL('../../../packages/fixtures/archives/', import.meta.url).pathname
const logs = new URL('../../../packages/fixtures/logs/', import.meta.url).pathname

async function analyzeJson(path: string, ...options: string[]): Promise<Report | Report[]> {
  const { code, stdout, stderr, left } = await runCli(['analyze', '--json', ...options, path])
  expect({ code, stderr, left }).toEqual({ code: 0, stderr: '', left: [] })
  return JSON.parse(stdout) as Report | Report[]
}

test.concurrent('a packed dump as JSON: totals, the whole histogram, dominators, layout', async () => {
  const report = (await analyzeJson(known, '--sizes', 'mat')) as HeapReport
  expect(report).toMatchObject({
    kind: 'heap-dump',
    name: 'known-17.hprof',
    archive: null,
    status: 'ready',
    partial: null,
    findings: [{ id: 'no-suspect', severity: 'info' }],
    format: 'JAVA PROFILE 1.0.2',
    options: { sizes: 'mat', keepUnreachable: false, layout: {} },
    layout: { references: 'compressed', instanceHeader: 12, alignment: 8, certainty: 'certain' },
    totals: {
      usedHeap: truth.info.usedHeapSize,
      objects: truth.info.numberOfObjects,
      gcRoots: truth.info.numberOfGCRoots,
    },
  })
  const byId = new Map(report.histogram.map((row) => [row.classId, row]))
  expect(byId.size).toBe(truth.histogram.length)
  for (const { class: className, addr, instances, shallow, retainedMin } of truth.histogram) {
    expect(byId.get(addr)).toMatchObject({ className, instances, shallow, retained: retainedMin })
  }
  expect(report.dominators[0]).toMatchObject({
    className: 'jdk.internal.loader.ClassLoaders$AppClassLoader',
    label: { kind: 'class-loader', name: 'app' },
    retained: 193768,
  })
  expect(report.analysis.peakMemory).toBeGreaterThan(report.analysis.snapshotSize)
})

test.concurrent('the exported objects are those that Eclipse MAT sees, line for line', async () => {
  let sha256 = ''
  const run = await runCli(['export', known, 'objects', '--sizes', 'mat', '--out', 'objects.txt'], {
    expected: ['objects.txt'],
    look: (folder) => {
      sha256 = createHash('sha256')
        .update(readFileSync(join(folder, 'objects.txt')))
        .digest('hex')
    },
  })
  expect({ ...run, sha256 }).toEqual({ code: 0, stdout: '', stderr: '', left: [], sha256: truth.table.sha256 })
})

test.concurrent('unreachable objects can be kept, and a layout given', async () => {
  const options = ['--keep-unreachable', '--layout', 'references=8,alignment=16']
  const { layout, inferredLayout, totals, gcRoots } = (await analyzeJson(known, ...options)) as HeapReport
  expect(totals.objects).toBe(truth.info.numberOfObjects + truth.info.unreachableObjects)
  expect(totals.unreachable.objects).toBe(0)
  expect(gcRoots.find(({ type }) => type === 'Unreachable')?.objects).toBeGreaterThan(100)
  expect(layout).toMatchObject({ references: 'uncompressed', alignment: 16, certainty: 'chosen' })
  expect(inferredLayout).toMatchObject({ references: 'compressed', alignment: 8, certainty: 'certain' })
})

test.concurrent('an export never overwrites the dump that it reads', async () => {
  const run = await runCli(['export', known, 'objects', '--out', known])
  expect({ code: run.code, stderr: run.stderr }).toEqual({
    code: 1,
    stderr: `${known} is the dump itself: name another file to write to.\n`,
  })
})

test.concurrent('for people: aligned tables, as many rows as wanted', async () => {
  const { code, stdout } = await runCli(['analyze', '--rows', '3', known])
  expect(code).toBe(0)
  expect(stdout).toContain('known-17.hprof: heap dump, 4.3 MiB\n')
  expect(stdout).toContain('  Used heap    1.3 MiB (1,401,112 bytes)\n')
  expect(stdout).toMatch(/\n {2}Objects {2}Type\n +76 {2}JNI Global\n +1,345 {2}System Class\n +8 {2}Thread\n/)
  expect(stdout).toContain('  … and 1,515 more\n')
})

test.concurrent('a jstat log: columns, rows, what was skipped', async () => {
  const report = (await analyzeJson(join(logs, 'jdk6-prompt.txt'))) as JstatReport
  expect(report).toMatchObject({
    kind: 'jstat-log',
    name: 'jdk6-prompt.txt',
    columns: ['S0', 'S1', 'E', 'O', 'P', 'YGC', 'YGCT', 'FGC', 'FGCT', 'GCT'],
    axis: 'row',
    rows: 10,
    skippedTotal: 1,
    skipped: [{ line: 1 }],
    findings: [
      {
        id: 'heap-exhausted',
        severity: 'critical',
        title: 'Heap exhausted: full collections free nothing',
        nextStep: expect.stringMatching(/^Take a heap dump now/) as string,
        evidence: { fromRow: 1, toRow: 10, fromLine: 3, toLine: 12 },
      },
      { id: 'no-clock', severity: 'info' },
    ],
  })
})

test.concurrent('a text with several jstat logs is a list of them', async () => {
  const reports = (await analyzeJson(join(logs, 'interleaved-two-jvms.txt'))) as JstatReport[]
  expect(reports).toMatchObject([
    { kind: 'jstat-log', option: 'gcutil', rows: 80, restarts: [] },
    { kind: 'jstat-log', option: 'gcutil', rows: 80, restarts: [] },
  ])
})

test.concurrent('a class histogram: its classes, and whether they are all', async () => {
  expect(await analyzeJson(join(logs, 'histo-25.txt'))).toMatchObject({
    kind: 'class-histogram',
    status: 'ready',
    skippedTotal: 0,
    histograms: [
      {
        completeness: 'complete',
        counted: 'unknown',
        pid: null,
        instances: 66_402,
        bytes: 44_191_368,
        total: { instances: 66_402, bytes: 44_191_368 },
      },
    ],
  })
  const { stdout } = await runCli(['analyze', join(logs, 'story-jmap-histo.txt')])
  expect(stdout).toMatch(/ +34,943 +2,675,903,544 +84\.8 % +byte\[\]\n/)
  expect(stdout).toContain('missing: these are not all classes')
})

test.concurrent('output of top: samples, and processes with those of Java first', async () => {
  const report = await analyzeJson(join(logs, 'top-three-samples.txt'))
  expect(report).toMatchObject({
    kind: 'top-output',
    samples: [{ time: '00:26:24' }, { time: '00:26:25' }, { time: '00:26:26' }],
  })
  expect((report as TopReport).processes[0]).toMatchObject({
    pid: 18_164,
    isJava: true,
    residentBytes: [395_016 * 1024, 395_016 * 1024, 395_016 * 1024],
    cpuPercent: [100, 99, 99],
  })
  const { stdout } = await runCli(['analyze', join(logs, 'story-top.txt')])
  expect(stdout).toMatch(/13205 +7\.9 GiB +3\.3 GiB +120\.7 +root +java -XX:\.\.\.\n/)
})

test.concurrent('an archive with several artifacts is a list', async () => {
  const reports = (await analyzeJson(join(archives, 'tar-bundle-all-artifacts.tar.gz'))) as Report[]
  expect(reports.map(({ name, archive, kind, status }) => [name, archive, kind, status])).toEqual([
    ['fetch.bin', 'tar-bundle-all-artifacts.tar.gz', 'heap-dump', 'ready'],
    ['jstat.txt', 'tar-bundle-all-artifacts.tar.gz', 'jstat-log', 'ready'],
    ['histo.txt', 'tar-bundle-all-artifacts.tar.gz', 'class-histogram', 'ready'],
    ['top.txt', 'tar-bundle-all-artifacts.tar.gz', 'top-output', 'ready'],
  ])
})

test.concurrent.each([
  [['analyze', 'missing.hprof'], 1, /^There is no file \S*missing\.hprof\.\n$/],
  [['analyze', '.'], 1, /is not a file\.\n$/],
  [
    ['export', join(logs, 'jdk6-prompt.txt'), 'objects', '--out', 'x'],
    1,
    /^There is no heap dump in it to export\.\n$/,
  ],
  [
    ['export', join(archives, 'zip-two-dumps.zip'), 'objects', '--out', 'x'],
    1,
    /^There are 2 heap dumps in it: unpack it and export one of them\.\n$/,
  ],
  [['export', known, 'objects', '--out', 'no/such/folder/x'], 1, /cannot be written \(ENOENT\)\.\n$/],
  [['analyze'], 2, /^analyze takes one file\.\n\nUsage:\n/],
  [['draw', 'x'], 2, /^There is no command "draw"\.\n\nUsage:\n/],
])('%j ends with code %d and says why', async (args, code, message) => {
  const run = await runCli(args)
  expect(run).toMatchObject({ code, stdout: '', left: [] })
  expect(run.stderr).toMatch(message)
})

test.concurrent.each(['SIGINT', 'SIGTERM'] as const)('%s cleans up', async (interrupt) => {
  const run = await runCli(['analyze', known], { interrupt })
  expect(run).toMatchObject({ code: 130, stdout: '', left: [] })
})
