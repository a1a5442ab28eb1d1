import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chainDump } from './evidence.ts'
import { holdAnalyses } from './held-analyses.ts'
import { newCase, readCase, request, spawnMain, spawnServer, temporaryDataDirectory, upload } from './running-server.ts'
import { beginSlowUpload } from './slow-upload.ts'
import { waitFor } from './waiting.ts'

describe('npm start', () => {
  test('prints where the data lies and the address, and stops when told to', async () => {
    const folder = await temporaryDataDirectory()
    const server = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    expect(server.output()).toContain(`Heaptrail keeps its data in ${folder}\n`)
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    expect(existsSync(path.join(folder, 'server.lock'))).toBe(true)
    // An open event stream must not keep it alive.
    const stream = await request(server.url, '/api/events')
    expect(await server.end('SIGTERM')).toBe(0)
    expect(existsSync(path.join(folder, 'server.lock'))).toBe(false)
    await stream.body?.cancel().catch(() => undefined)
  })

  test('stops by itself before it would be killed, whatever goes on', async () => {
    const analyses = holdAnalyses()
    const server = await spawnServer({ HEAPTRAIL_DATA_DIR: await temporaryDataDirectory() }, analyses.execArgv)
    const { url } = server
    const caseId = await newCase(url)
    const bytes = chainDump(10_000)
    await upload({ url, caseId, name: 'analysed.hprof', bytes })
    const children = await analyses.held()
    const arriving = await beginSlowUpload({ url, caseId, name: 'arriving.hprof', size: bytes.length })
    arriving.send(bytes.subarray(0, 1000))
    const streams = await Promise.all([1, 2, 3].map(() => request(url, '/api/events')))
    // After nine seconds it ends the hard way, without a code.
    expect(await server.end('SIGTERM')).toBe(0)
    analyses.letGo()
    await waitFor(() => (children.some(isAlive) ? undefined : true))
    for (const { body } of streams) await body?.cancel().catch(() => undefined)
  })

  test('a second server on the same data directory is refused with a sentence', async () => {
    const folder = await temporaryDataDirectory()
    const first = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    const second = await spawnMain({ HEAPTRAIL_DATA_DIR: folder }).ended()
    expect(second.code).toBe(1)
    expect(second.output).toBe(
      `Another Heaptrail server (process ${first.process.pid}) already uses the data directory ${folder}. Stop it, or set HEAPTRAIL_DATA_DIR to another directory.\n`,
    )
    expect((await request(first.url, '/api/health')).status).toBe(200)
  })

  test('the lock of a killed server is taken over, and nothing acknowledged is lost', async () => {
    const folder = await temporaryDataDirectory()
    const first = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    const caseId = await newCase(first.url, 'acknowledged')
    await first.end('SIGKILL')
    expect(existsSync(path.join(folder, 'server.lock'))).toBe(true)
    const halfWritten = path.join(folder, 'manifests', `${caseId}.json.0123456789ab`)
    writeFileSync(halfWritten, '{')
    const second = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    expect(existsSync(halfWritten)).toBe(false)
    expect((await readCase(second.url, caseId)).title).toBe('acknowledged')
  })

  test('a lock whose process number now belongs to another process is taken over', async () => {
    const folder = await temporaryDataDirectory()
    const lock = path.join(folder, 'server.lock')
    await writeFile(lock, JSON.stringify({ pid: process.pid, started: 'long ago' }))
    const server = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ pid: server.process.pid })
  })

  test('a port that is taken is one clear sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, output } = await spawnMain({
      HEAPTRAIL_DATA_DIR: await temporaryDataDirectory(),
      HEAPTRAIL_PORT: String(port),
    }).ended()
    expect(code).toBe(1)
    expect(output).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set HEAPTRAIL_PORT to another port (0: any free one).\n`,
    )
  })

  test('a data directory that cannot be made is one clear sentence', async () => {
    const file = path.join(await temporaryDataDirectory(), 'file')
    await writeFile(file, '')
    const { code, output } = await spawnMain({ HEAPTRAIL_DATA_DIR: file }).ended()
    expect(code).toBe(1)
    expect(output).toBe(
      `The data directory ${file} cannot be used (EEXIST). Set HEAPTRAIL_DATA_DIR to a directory that may be written.\n`,
    )
  })

  test('a setting that makes no sense is one clear sentence', async () => {
    const { code, output } = await spawnMain({ HEAPTRAIL_PORT: 'http' }).ended()
    expect(code).toBe(1)
    expect(output).toBe('The setting HEAPTRAIL_PORT must be a whole number from 0 to 65535.\n')
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
