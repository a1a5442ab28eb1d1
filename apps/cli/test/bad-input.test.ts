/**
 * Every damaged, hostile or odd file of the fixtures: a result, a partial result or one sentence. What comes of each is
 * written in docs/bad-input.md; `npx vitest run test/bad-input -u` with the large set writes it anew.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CorruptFile, corruptFiles } from '@heaptrail/fixtures/corrupt'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { DEFAULT_OPTIONS } from '@heaptrail/heap/analysis-options'
import { afterAll, expect, test } from 'vitest'
import { reportsOfFile } from '../src/analyze.ts'
import { InputFault } from '../src/input-fault.ts'
import type { Report } from '../src/report/report.ts'
import { withHeapInHere } from './heap-in-here.ts'

const DOCUMENT = new URL('../../../docs/bad-input.md', import.meta.url).pathname
const HEAD = `# What becomes of bad input

Every file of the fixtures that is damaged, hostile or just odd, and what \`heaptrail analyze\` says of it. Written by the
test that checks it (\`apps/cli/test/bad-input.test.ts\`).

*ready*: all of it was read. *partial*: what stands before the damage, or around it, was analysed. *refused*: nothing could be
read. *skipped*: of an archive, what is no evidence.

| file | outcome | what is said |
|---|---|---|
`

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bad-input-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = corruptFiles()
const rows = new Map<string, string>()

test.each(files.map((file) => [file.name, file] as const))('%s', async (name, file) => {
  const row = await rowOf(file)
  rows.set(name, row)
  if (largeFixtures === undefined) expect(readFileSync(DOCUMENT, 'utf8')).toContain(`\n${row}\n`)
  expect(row.split('|')[2]).toMatch(
    /^ (refused|(ready|partial at byte [\d,]+|skipped|failed)( · (ready|partial at byte [\d,]+|skipped|failed))*) $/,
  )
})

test.skipIf(largeFixtures === undefined)('the document has a row for every file, and no other', async () => {
  const text = `${HEAD}${files.map(({ name }) => rows.get(name)).join('\n')}\n`
  await expect(text).toMatchFileSnapshot(DOCUMENT)
})

async function rowOf({ name, bytes }: CorruptFile): Promise<string> {
  const sandbox = mkdtempSync(join(folder, 'file-'))
  const scratch = join(sandbox, 'scratch')
  mkdirSync(scratch)
  const path = join(sandbox, name)
  writeFileSync(path, bytes)
  const { outcome, said } = await outcomeOf(path, scratch)
  expect(readdirSync(sandbox).toSorted()).toEqual([name, 'scratch'].toSorted())
  return `| ${cell(name)} | ${outcome} | ${said.map(cell).join('<br>')} |`
}

async function outcomeOf(path: string, scratch: string): Promise<{ outcome: string; said: readonly string[] }> {
  const { signal } = new AbortController()
  try {
    const order = { options: DEFAULT_OPTIONS, scratch, signal, withHeap: withHeapInHere }
    const { reports, messages } = await reportsOfFile(path, order)
    return { outcome: reports.map(status).join(' · '), said: [...reports.flatMap(sentences), ...messages] }
  } catch (error) {
    if (!(error instanceof InputFault)) throw error
    return { outcome: 'refused', said: [error.message] }
  }
}

function status(report: Report): string {
  if (report.status !== 'partial' || report.kind !== 'heap-dump' || report.partial === null) return report.status
  return `partial at byte ${report.partial.byte.toLocaleString('en')}`
}

function sentences(report: Report): string[] {
  if (report.status === 'failed') return []
  if (report.status === 'skipped') return [`${report.name}: ${report.reason}`]
  if (!('partial' in report && 'notes' in report)) return []
  return [...(report.partial === null ? [] : [report.partial.message]), ...report.notes]
}

/** Markdown would make of these what it likes. */
function cell(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, (character) => `\\${character}`)
}
