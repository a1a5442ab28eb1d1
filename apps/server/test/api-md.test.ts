/** docs/api.md, word for word, against a real server. */
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Artifact, Case, Cases } from '@heaptrail/api/cases'
import { Comparison } from '@heaptrail/api/compare'
import { Health } from '@heaptrail/api/health'
import { Dominators, Histogram, Paths } from '@heaptrail/api/heap'
import { HeapFindings } from '@heaptrail/api/heap-findings'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, onTestFinished, test } from 'vitest'
import type { z } from 'zod'
import { startTestServer } from './running-server.ts'

const DOCUMENT = readFileSync(path.resolve(import.meta.dirname, '../../../docs/api.md'), 'utf8')
const KEY = 'a-key-that-nobody-guesses'
const hasCurl = spawnSync('curl', ['--version']).status === 0

interface Step {
  readonly title: string
  readonly commands: string
}

/** A step is a heading and the commands below it. */
function steps(): Step[] {
  return DOCUMENT.split(/^## /m).flatMap((section) => {
    const commands = /^```sh\n(.*?)^```/ms.exec(section)?.[1]
    return commands === undefined ? [] : [{ title: section.split('\n')[0] ?? '', commands }]
  })
}

/** Runs the steps one after the other in one shell. @returns what each of them printed */
async function run(chosen: readonly Step[], environment: Record<string, string>): Promise<Map<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-api-md-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(path.join(folder, 'before.hprof'), heapFromText(BEFORE).bytes)
  await writeFile(path.join(folder, 'after.hprof'), heapFromText(AFTER).bytes)
  const script = ['set -eu', ...chosen.map(({ title, commands }) => `${commands}\nprintf '\\n%s\\n' '## ${title}'`)]
  const { stdout } = await promisify(execFile)('sh', ['-c', script.join('\n')], {
    cwd: folder,
    env: { ...environment, PATH: process.env.PATH, DUMP: 'before.hprof', AFTER: 'after.hprof' },
  })
  expect((await readdir(folder)).toSorted()).toEqual(['after.hprof', 'before.hprof'])
  const printed = stdout.split(/\n## (.*)\n/)
  return new Map(chosen.map(({ title }, step) => [title, printed[2 * step] ?? '']))
}

const BEFORE = `root -> A:acme.Sessions\nA -> B:acme.Session\nA -> C:acme.Session\nB -> D:java.util.Date`
const AFTER = `root -> A:acme.Sessions\nA -> B:acme.Session`

/** What the commands print, and in which form. */
const ANSWERS: Record<string, z.ZodType> = {
  Begin: Health,
  'Make a case': Case,
  'Wait for the analysis': Artifact,
  Histogram,
  'The dominator tree': Dominators,
  'Its children': Dominators,
  'Paths to GC roots': Paths,
  'Who holds much of it': HeapFindings,
  'Compare with a second dump': Comparison,
}

test.skipIf(!hasCurl).each([
  ['without a key', undefined],
  ['with an access key', KEY],
])('from an upload to dominators with curl, %s', async (_title, accessKey) => {
  const { url } = await startTestServer({ accessKey })
  const chosen = steps().filter(({ title }) => title !== 'With an access key' || accessKey !== undefined)
  const environment: Record<string, string> = { HEAPTRAIL: url }
  if (accessKey !== undefined) environment.HEAPTRAIL_ACCESS_KEY = accessKey
  const printed = await run(chosen, environment)
  const answers = accessKey === undefined ? ANSWERS : { ...ANSWERS, 'With an access key': Cases }
  const answer: Record<string, unknown> = {}
  for (const [title, form] of Object.entries(answers)) answer[title] = form.parse(JSON.parse(printed.get(title) ?? ''))
  expect(answer['Wait for the analysis']).toMatchObject({ name: 'before.hprof', state: { status: 'ready' } })
  expect(answer['Histogram']).toMatchObject({ rows: [{ className: 'java.util.Date', objects: 1 }] })
  expect(answer['The dominator tree']).toHaveProperty('rows.0.className', 'acme.Sessions')
  expect(answer['Its children']).toMatchObject({ rows: [{ className: 'acme.Session' }, { className: 'acme.Session' }] })
  expect(answer['Compare with a second dump']).toHaveProperty('classes')
})
