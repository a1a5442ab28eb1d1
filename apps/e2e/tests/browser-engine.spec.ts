/** The engine itself in a browser: in a Web Worker, over a File, with the answers that it gives in Node. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { Folder, smallDump, unpacked } from '../harness/files.ts'
import { ROOT } from '../harness/server-process.ts'

let folder: Folder
test.beforeAll(async () => {
  folder = await Folder.create()
})
test.afterAll(() => folder.remove())

async function pageOfEngine(): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(process.execPath, ['bench/browser/serve.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [line] = (await once(server.stdout!, 'data')) as [Buffer]
  return { url: line.toString().trim(), server }
}

test('the dump of the story has the table of Eclipse MAT', async ({ page }) => {
  const { url, server } = await pageOfEngine()
  try {
    await page.goto(url)
    const file = await folder.write('fetch.bin', await unpacked(smallDump('small-leaky.hprof.zst')))
    await page.getByLabel('Heap dump').setInputFiles(file)
    const result = page.getByRole('status')
    await expect(result).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
    const truth = JSON.parse(gunzipSync(readFileSync(smallDump('mat-truth/small-leaky.json.gz'))).toString()) as {
      readonly table: { readonly sha256: string }
      readonly info: { readonly numberOfObjects: number; readonly usedHeapSize: number }
    }
    expect(JSON.parse((await result.textContent()) ?? '')).toMatchObject({
      kind: 'done',
      outcome: {
        tableSha256: truth.table.sha256,
        objects: truth.info.numberOfObjects,
        usedHeap: truth.info.usedHeapSize,
      },
    })
  } finally {
    server.kill()
  }
})

test('a dump of 200 MB has the table that Node makes of it', () => {
  test.skip(!process.env.HEAPTRAIL_FIXTURES, 'takes half a minute; with the large set of fixtures only')
  test.setTimeout(300_000)
  const file = path.join(folder.path, 'shop-200m.hprof')
  const run = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: ROOT, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    return stdout
  }
  run('bench/make-dump.ts', file, '--objects', '4900000')
  const [, ...hashes] =
    /^Chromium ([0-9a-f]{64})\nNode {5}([0-9a-f]{64})$/m.exec(run('bench/browser/measure.ts', file)) ?? []
  expect(hashes[0]).toBe(hashes[1])
})
