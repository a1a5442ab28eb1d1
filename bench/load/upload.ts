/**
 * `node bench/load/upload.ts FILE [--runs N]`: how fast uploads come in over loopback, beside a Fastify route that only
 * pipes the same request into a file and syncs it. Once as what the file is, which is read while it comes in, and once
 * with its first bytes changed, so that it is nothing to read.
 */
import { copyFileSync, mkdtempSync, openSync, closeSync, rmSync, statSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { printTable, secondsText } from '../print.ts'
import { expect, newCase, pieces, upload } from './requests.ts'
import { startServer } from './server.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const [given] = positionals
if (given === undefined) throw new Error('Usage: node bench/load/upload.ts FILE [--runs N]')
const size = statSync(given).size
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-'))
const nothing = join(folder, 'nothing')
copyFileSync(resolve(given), nothing)
const descriptor = openSync(nothing, 'r+')
writeSync(descriptor, Buffer.alloc(64, 'nothing '), 0, 64, 0)
closeSync(descriptor)

const plain: number[] = []
const ours = new Map<string, number[]>([
  ['a file of no kind, nothing is read', []],
  ['a heap dump, read while it comes in', []],
])
try {
  // In turns, so that whatever else the machine does concerns all of them.
  for (let run = 0; run < Number(values.runs); run++) {
    plain.push(await toPlainRoute(nothing))
    for (const [what, times] of ours)
      times.push(await toHeaptrail(what.startsWith('a heap dump') ? resolve(given) : nothing))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const base = median(plain)
console.log(`Medians of ${values.runs}, ${(size / 1e6).toFixed(0)} MB in one request:`)
printTable(
  ['Upload', 'Time', 'MB/s', 'Of plain'],
  [['a plain route', plain] as const, ...ours].map(([what, times]) => [
    what,
    secondsText(median(times)),
    (size / 1000 / median(times)).toFixed(0),
    `${((base / median(times)) * 100).toFixed(0)} %`,
  ]),
)

async function toPlainRoute(file: string): Promise<number> {
  const server = await startServer(join(import.meta.dirname, 'plain-server.ts'), [join(folder, 'target')])
  const handle = await open(file)
  try {
    const begun = performance.now()
    const headers = { 'content-type': 'application/offset+octet-stream', 'content-length': size }
    await expect(204, `${server.url}/`, { method: 'PUT', headers, body: pieces(handle, size, Infinity) })
    return performance.now() - begun
  } finally {
    await handle.close()
    await server.end()
  }
}

async function toHeaptrail(file: string): Promise<number> {
  const server = await startServer()
  try {
    return await upload(server.url, await newCase(server.url, 'bench'), { file, size })
  } finally {
    await server.end()
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
