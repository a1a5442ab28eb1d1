/** Every jstat log, class histogram and output of top of the large set, with its verdict: no miss, no false alarm. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findingText } from '@heaptrail/api/finding-texts/text'
import { Finding } from '@heaptrail/api/findings'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { tellTextKinds } from '@heaptrail/jvm-text/kind'
import { parseTop } from '@heaptrail/jvm-text/top/parse'
import { expect } from 'vitest'
import { gcFindings } from './gc/verdict.ts'
import { histogramFindings } from './histogram/contents.ts'
import { gcThreadsBusy } from './top/gc-threads.ts'

const EVIDENCE = new URL('../../../docs/gc-evidence.md', import.meta.url).pathname
const LEAKY = /^(leaky|leaky-16m-chunks|leaky-serial-16m-chunks|leaky-parallel|small-leaky|small-leaky-inflight)$/
const CONTROL = /^(fixed|small-fixed|verify-\d+-released)$/
const EXHAUSTED_SHAPES =
  /^(jdk6-.*|jdk7-P-column-leaky-run\.txt|jdk8-format-leaky-run\.txt|story-whole-post\.md|restart-counters-reset\.txt)$/
/** Logs of several JVMs, one of which is exhausted; the rest of the shapes is bent from healthy ones. */
const MIXED_SHAPES = /^(concat-jdk6-jdk17\.txt|concat-same-columns\.txt|long-200k-rows\.txt\.gz)$/

interface Text {
  readonly folder: string
  readonly name: string
  readonly path: string
}

function textsBelow(folder: string): Text[] {
  const entries = readdirSync(join(largeFixtures ?? '', folder), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      const names = readdirSync(join(largeFixtures ?? '', path)).sort()
      return names.map((name) => ({ folder: entry.name, name, path: join(path, name) }))
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

function bytesOf({ path }: Text): Uint8Array {
  const bytes = readFileSync(join(largeFixtures ?? '', path))
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

function logFindings(bytes: Uint8Array): Finding[][] {
  const parsed = parseJstatLogs(bytes)
  if (parsed.kind === 'not-jstat') return []
  return parsed.logs.map((log) => gcFindings(log).map((finding) => Finding.parse(finding)))
}

function gravest(bytes: Uint8Array): string[] {
  return logFindings(bytes).map((findings) => `${findings[0]?.severity} ${findings[0]?.id}`)
}

function isAlarm({ id, severity }: Finding): boolean {
  return severity !== 'info' && (id === 'heap-exhausted' || id === 'leak-trend')
}

const netty = largeFixtures === undefined ? [] : textsBelow('A-netty-leak')
const shapes = largeFixtures === undefined ? [] : textsBelow('B-jstat')

testWithLarge('no miss: the six leaky runs in every form are critical', () => {
  const logs = netty.filter(({ folder, name }) => LEAKY.test(folder) && /^jstat-(gcutil|gc-t|final)/.test(name))
  expect(logs.length).toBe(6 * 4)
  for (const log of logs) expect([log.path, ...gravest(bytesOf(log))]).toEqual([log.path, 'critical heap-exhausted'])
})

testWithLarge('no miss: the shapes of JDK 6, 7 and 8 are critical as they are', () => {
  const logs = shapes.filter(({ folder, name }) => folder === 'shapes' && EXHAUSTED_SHAPES.test(name))
  expect(logs.length).toBe(7)
  for (const log of logs) expect([log.path, ...gravest(bytesOf(log))]).toEqual([log.path, 'critical heap-exhausted'])
})

testWithLarge('no false alarm: ten JVMs without a leak, the controls, and shapes of healthy logs', () => {
  const healthy = shapes.filter(
    ({ folder, name }) => folder !== 'shapes' || !(EXHAUSTED_SHAPES.test(name) || MIXED_SHAPES.test(name)),
  )
  const texts = [...healthy, ...netty.filter(({ folder }) => CONTROL.test(folder))].filter(
    ({ name }) => /jstat|^gc(?!\.log)/.test(name) || !name.endsWith('.gz'),
  )
  let judged = 0
  for (const text of texts.filter(({ name }) => !/\.(hprof|bin|tar\.gz|zip|zst|gz)$/.test(name))) {
    const findings = logFindings(bytesOf(text)).flat()
    judged += findings.length > 0 ? 1 : 0
    expect([text.path, ...findings.filter(isAlarm)]).toEqual([text.path])
  }
  expect(judged).toBeGreaterThan(150)
})

testWithLarge('a short log says what it shows, and that it is too short', () => {
  const log = netty.find(({ folder, name }) => folder === 'verify-500-unreleased' && name.startsWith('jstat'))!
  const [finding] = logFindings(bytesOf(log))[0]!
  expect(finding).toMatchObject({ id: 'too-short', severity: 'info' })
  expect(findingText(finding!, 'en').explanation).toContain('The old generation went from 0 % to 93.43 %.')
})

testWithLarge(
  'docs/gc-evidence.md tells what is found in every text',
  async () => {
    const evidence = netty.filter(({ name }) => /^(jstat|histo|top)/.test(name))
    const lines = [...shapes.filter(({ name }) => name !== 'gc.log.gz'), ...evidence].map(tableLine)
    await expect(`${HEAD}${lines.join('\n')}\n`).toMatchFileSnapshot(EVIDENCE)
  },
  60_000,
)

const HEAD = `# Evidence of garbage collection: what is found in every text

Written by \`packages/findings/src/large.test.ts\` from the large set of texts, which is not part of the repository: logs of ten JVMs
without a leak, shapes bent from real logs, and runs of a service whose buffers leak (\`leaky*\`, \`small-leaky*\`) with their controls.
The rules stand in [findings.md](findings.md).

| file | kind | rows | skipped lines | verdict |
|---|---|---|---|---|
`

function tableLine(text: Text): string {
  const bytes = bytesOf(text)
  const kinds = tellTextKinds(bytes).map(({ kind }) => kind)
  const found = [
    ...(kinds.includes('jstat-log') ? jstatCells(bytes) : []),
    ...(kinds.includes('class-histogram') ? histogramCells(bytes) : []),
    ...(kinds.includes('top-output') ? topCells(bytes) : []),
  ]
  const cells = found.length > 0 ? found : [['none', '', '', 'no evidence of these kinds']]
  const [kind, rows, skipped, verdict] = [0, 1, 2, 3].map((column) =>
    cells
      .map((cell) => cell[column] ?? '')
      .filter((cell, index, all) => index === 0 || column !== 2 || cell !== all[0])
      .join('; '),
  )
  return `| ${text.folder}/${text.name} | ${kind} | ${rows} | ${skipped} | ${verdict} |`
}

function jstatCells(bytes: Uint8Array): string[][] {
  const parsed = parseJstatLogs(bytes)
  if (parsed.kind === 'not-jstat') return [['jstat log', '0', '', parsed.message.replaceAll('|', '\\|')]]
  return parsed.logs.map((log) => {
    const verdict = gcFindings(log).map(({ id, severity }) => (severity === 'info' ? id : `**${severity}** ${id}`))
    const clock = log.axis === 'seconds' ? ' -t' : ''
    return [`jstat -${log.option}${clock}`, String(log.rows), String(parsed.skippedTotal), verdict.join(', ')]
  })
}

function histogramCells(bytes: Uint8Array): string[][] {
  const parsed = parseHistograms(bytes)
  if (parsed.kind === 'not-histogram') return [['class histogram', '0', '', parsed.message.replaceAll('|', '\\|')]]
  return parsed.histograms.map((histogram) => {
    const [finding] = histogramFindings(histogram)
    const verdict =
      finding?.id === 'histogram-contents'
        ? `${finding.parameters.className} ${finding.parameters.share.toFixed(1)} %`
        : '–'
    return ['class histogram', String(histogram.rows), String(parsed.skippedTotal), verdict]
  })
}

function topCells(bytes: Uint8Array): string[][] {
  const parsed = parseTop(bytes)
  if (parsed.kind === 'not-top') return [['top', '0', '', parsed.message.replaceAll('|', '\\|')]]
  const rows = parsed.samples.reduce((sum, sample) => sum + sample.rows.length, 0)
  const java = parsed.processes.filter(({ isJava }) => isJava).map(({ pid }) => `java ${pid}`)
  const busy = gcThreadsBusy(parsed) === undefined ? [] : ['gc-threads-busy']
  return [['top', String(rows), String(parsed.skippedTotal), [...busy, ...java].join(', ')]]
}
