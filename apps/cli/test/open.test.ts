import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readLog } from '@heaptrail/fixtures/logs'
import { expect, onTestFinished, test } from 'vitest'
import { withScratchFolder } from '../src/scratch.ts'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname
const SERVER = join(import.meta.dirname, '../../server/src/main.ts')

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-open-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

async function open(dataDirectory: string, file: string): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, 'open', file, '--no-browser'], {
    env: { ...process.env, HEAPTRAIL_DATA_DIR: dataDirectory },
  })
  const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, 'close')])
  return { code: child.exitCode, out: out.join(''), err: err.join('') }
}

test('a running server reads the file in place, and the link to its case is printed; without one it says how to start it', async () => {
  const folder = temporaryFolder()
  const dataDirectory = join(folder, 'data')
  const file = join(folder, 'jstat.log')
  writeFileSync(file, readLog('jdk8.txt'))
  const before = await open(dataDirectory, file)
  expect([before.code, before.err]).toEqual([
    1,
    expect.stringMatching(/^No Heaptrail server runs on the data directory .*npm start.*\.\n$/),
  ])

  const server = spawn(process.execPath, [SERVER], {
    env: { ...process.env, HEAPTRAIL_DATA_DIR: dataDirectory, HEAPTRAIL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void server.kill('SIGKILL'))
  for await (const line of createInterface(server.stdout)) if (line.startsWith('Heaptrail is ready')) break
  const { code, out, err } = await open(dataDirectory, file)
  expect([code, err]).toEqual([0, ''])
  const { origin, pathname } = new URL(out.trim())
  const found = (await (await fetch(`${origin}/api${pathname}`)).json()) as { title: string }
  expect(found.title).toBe('jstat.log')
  expect((await open(dataDirectory, join(folder, 'missing'))).err).toBe(
    'There is no such file, or the server may not read it.\n',
  )
})

test('folders that a killed run left are removed by the next one, those of a running one are not', async () => {
  const left = join(tmpdir(), 'heaptrail-999999999-1-abcdef')
  const again = join(tmpdir(), `heaptrail-${process.pid}-1-abcdef`)
  const theirs = join(tmpdir(), 'heaptrail-of-somebody-else')
  for (const folder of [left, again, theirs]) mkdirSync(folder)
  onTestFinished(() => rmSync(theirs, { recursive: true }))
  await withScratchFolder(async (own) => {
    await withScratchFolder(() => Promise.resolve())
    expect([left, again, theirs, own].map(existsSync)).toEqual([false, process.platform !== 'linux', true, true])
  })
})
