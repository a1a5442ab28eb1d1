import { appendFile, readdir } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { Upload } from 'tus-js-client'
import { describe, expect, test } from 'vitest'
import { archive, jstatLog, tarOfEmptyFiles } from './evidence.ts'
import {
  expectAnswer,
  newCase,
  readCase,
  request,
  settledCase,
  sharedTestServer,
  spawnServer,
  startTestServer,
  temporaryDataDirectory,
  upload,
  uploadAndWait,
} from './running-server.ts'
import { waitFor } from './waiting.ts'

const MEBIBYTE = 2 ** 20

/** A text that no kind fits, so that nothing is analysed: `size` bytes. */
const shared = sharedTestServer()

function filler(size: number): Buffer {
  return Buffer.alloc(size, 'neither a dump nor a log\n')
}

describe('uploads', () => {
  test('a log becomes an artifact of its case by its content, whatever it is called', async () => {
    const { url } = shared
    const caseId = await newCase(url)
    const [artifact] = await uploadAndWait({ url, caseId, name: '../../etc/passwd', bytes: jstatLog() })
    expect(artifact).toMatchObject({
      name: 'passwd',
      archive: null,
      kind: 'jstat-log',
      caseId,
      state: { status: 'ready', partial: null },
    })
    expect((await readCase(url, caseId)).uploads).toEqual([])
  })

  test('an upload that broke off goes on where it stopped, also after a restart', async () => {
    const server = await startTestServer()
    const caseId = await newCase(server.url)
    const bytes = filler(8 * MEBIBYTE)
    const location = await uploadPart(server.url, caseId, bytes, 3 * MEBIBYTE)
    const [broken] = (await readCase(server.url, caseId)).uploads
    expect(broken).toMatchObject({
      name: 'big.txt',
      size: bytes.length,
      state: { status: 'uploading', receivedBytes: 3 * MEBIBYTE },
    })

    await server.close()
    const again = await startTestServer({ dataDirectory: server.dataDirectory })
    const sent = await resume(again.url + new URL(location).pathname, bytes)
    expect(sent).toEqual({ from: 3 * MEBIBYTE })
    const { artifacts, uploads } = await settledCase(again.url, caseId)
    expect(uploads).toEqual([])
    expect(artifacts).toMatchObject([{ name: 'big.txt', size: bytes.length, state: { status: 'skipped' } }])
  })

  test('a connection that is cut in the middle of a request loses nothing that arrived', async () => {
    const { url } = shared
    const caseId = await newCase(url)
    const bytes = filler(8 * MEBIBYTE)
    const location = await uploadPart(url, caseId, bytes, MEBIBYTE)
    const sending = sendSome(location, bytes.subarray(MEBIBYTE, 4 * MEBIBYTE), { offset: MEBIBYTE, of: bytes.length })
    await arrived(url, caseId, MEBIBYTE)
    sending.cut()
    await sending.status
    const { from } = await resume(location, bytes)
    expect(from).toBeGreaterThan(MEBIBYTE)
    expect(from).toBeLessThanOrEqual(4 * MEBIBYTE)
    expect(await storedBytes(url, caseId)).toBe(bytes.length)
  })

  test('a server killed in the middle of a request goes on with what arrived', async () => {
    const folder = await temporaryDataDirectory()
    const first = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    const caseId = await newCase(first.url)
    const bytes = filler(8 * MEBIBYTE)
    const location = await uploadPart(first.url, caseId, bytes, MEBIBYTE)
    const sending = sendSome(location, bytes.subarray(MEBIBYTE, 4 * MEBIBYTE), { offset: MEBIBYTE, of: bytes.length })
    await arrived(first.url, caseId, MEBIBYTE)
    await first.end('SIGKILL')
    await sending.status
    const second = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    expect((await resume(second.url + new URL(location).pathname, bytes)).from).toBeGreaterThanOrEqual(MEBIBYTE)
    expect(await storedBytes(second.url, caseId)).toBe(bytes.length)
  })

  test('an upload whose last byte arrived just before the server ended is taken in by the next one', async () => {
    const server = await startTestServer()
    const caseId = await newCase(server.url)
    const log = Buffer.from(jstatLog())
    const location = await uploadPart(server.url, caseId, log, log.length - 1)
    await server.close()
    await appendFile(path.join(server.dataDirectory, 'uploads', path.basename(location)), log.subarray(-1))
    const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
    const { artifacts, uploads } = await settledCase(url, caseId)
    expect(artifacts).toMatchObject([{ size: log.length, state: { status: 'ready' } }])
    expect(uploads).toEqual([])
  })

  test('what is neither dump nor log stays visible and says what was expected', async () => {
    const { url } = shared
    const [artifact] = await uploadAndWait({
      url,
      caseId: await newCase(url),
      name: 'notes.txt',
      bytes: Buffer.from('dear diary'),
    })
    expect(artifact).toMatchObject({
      kind: 'unknown',
      state: { status: 'skipped', reason: expect.stringMatching(/heap dump.*\.$/) as string },
    })
  })

  test('an archive gives an artifact for each entry that is read', async () => {
    const { url } = shared
    const bytes = await archive('tar-bundle-all-artifacts.tar.gz')
    const artifacts = await uploadAndWait({ url, caseId: await newCase(url), name: 'incident.tar.gz', bytes })
    const told = artifacts.map(({ name, archive, kind, state }) => ({ name, archive, kind, status: state.status }))
    expect(told).toEqual([
      { name: 'fetch.bin', archive: 'incident.tar.gz', kind: 'heap-dump', status: 'ready' },
      { name: 'jstat.txt', archive: 'incident.tar.gz', kind: 'jstat-log', status: 'ready' },
      { name: 'histo.txt', archive: 'incident.tar.gz', kind: 'class-histogram', status: 'ready' },
      { name: 'top.txt', archive: 'incident.tar.gz', kind: 'top-output', status: 'ready' },
    ])
  })

  test('an archive may hold thousands of entries', async () => {
    const { url } = shared
    const caseId = await newCase(url)
    const artifacts = await uploadAndWait({ url, caseId, name: 'much.tar', bytes: tarOfEmptyFiles(5000) })
    expect(artifacts).toHaveLength(5000)
    expect(artifacts.at(-1)).toMatchObject({ name: 'empty-4999.txt', state: { status: 'skipped' } })
  })

  test('an upload that is given up while its bytes arrive takes no more of them', async () => {
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    const location = await uploadPart(url, caseId, filler(2 * MEBIBYTE), MEBIBYTE)
    const rest = sendSome(location, Buffer.from('x'), { offset: MEBIBYTE, of: 2 * MEBIBYTE })
    await arrived(url, caseId, MEBIBYTE)
    expect((await request(url, `/api/cases/${caseId}`, { method: 'DELETE' })).status).toBe(204)
    expect(await rest.status).toBe(404)
    expect(await readdir(path.join(dataDirectory, 'uploads'))).toEqual([])
  })

  test('more bytes than an upload announced are refused', async () => {
    const { url } = shared
    const { pathname } = new URL(await uploadPart(url, await newCase(url), filler(2 * MEBIBYTE), MEBIBYTE))
    const headers = {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(MEBIBYTE),
    }
    // A stream does not tell its length beforehand.
    for (const body of [filler(3 * MEBIBYTE), ReadableStream.from([filler(3 * MEBIBYTE)])]) {
      const answer = await request(url, pathname, { method: 'PATCH', headers, body, duplex: 'half' })
      expect((await expectAnswer(answer, 413, ErrorBody)).code).toBe('too-large')
    }
  })

  test('a header cannot turn one request of the protocol into another', async () => {
    const { url } = shared
    const caseId = await newCase(url)
    const { pathname } = new URL(await uploadPart(url, caseId, filler(2 * MEBIBYTE), MEBIBYTE))
    const headers = { 'tus-resumable': '1.0.0', 'x-http-method-override': 'DELETE' }
    // A PATCH without its offset.
    expect((await request(url, pathname, { method: 'PATCH', headers })).status).toBe(403)
    const head = await request(url, pathname, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
    expect(head.headers.get('upload-offset')).toBe(String(MEBIBYTE))
  })

  test('an upload that is given up is forgotten', async () => {
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    const location = await uploadPart(url, caseId, filler(2 * MEBIBYTE), MEBIBYTE)
    const { pathname } = new URL(location)
    expect((await request(url, pathname, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(204)
    expect((await readCase(url, caseId)).uploads).toEqual([])
    expect(await readdir(path.join(dataDirectory, 'uploads'))).toEqual([])
  })

  test.each([
    ['no case', '', 10, 400, 'bad-request'],
    ['a case that is not there', `filename YQ==,caseId ${btoa('A'.repeat(22))}`, 10, 404, 'case-not-found'],
    ['more than is allowed', `filename YQ==,caseId ${btoa('A'.repeat(22))}`, 2 ** 41, 413, 'too-large'],
    ['more than the disk has left', undefined, 2 ** 39, 507, 'disk-full'],
  ])('an upload with %s is refused before its first byte', async (_what, metadata, length, status, code) => {
    // However large the disk of the machine is.
    const { url } = code === 'disk-full' ? await startTestServer({ minFreeBytes: 2 ** 60 }) : shared
    const caseId = await newCase(url)
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': String(length),
      'upload-metadata': metadata ?? `filename YQ==,caseId ${btoa(caseId)}`,
    }
    const body = await expectAnswer(await request(url, '/api/uploads', { method: 'POST', headers }), status, ErrorBody)
    expect(body.code).toBe(code)
    expect((await readCase(url, caseId)).uploads).toEqual([])
  })
})

describe('the same content', () => {
  test('is stored once, and stays for the one case when the other is deleted', async () => {
    const { url, dataDirectory } = await startTestServer()
    const blobs = () => readdir(path.join(dataDirectory, 'blobs'))
    const bytes = jstatLog()
    const first = await newCase(url)
    const second = await newCase(url)
    const [one] = await uploadAndWait({ url, caseId: first, name: 'one.log', bytes })
    const [other] = await uploadAndWait({ url, caseId: second, name: 'other.log', bytes })
    expect(await blobs()).toHaveLength(1)

    await request(url, `/api/cases/${first}`, { method: 'DELETE' })
    expect((await request(url, `/api/artifacts/${one?.id}/jstat`)).status).toBe(404)
    expect((await request(url, `/api/artifacts/${other?.id}/jstat`)).status).toBe(200)
    expect(await blobs()).toHaveLength(1)

    expect((await request(url, `/api/artifacts/${other?.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await blobs()).toEqual([])
    expect((await readCase(url, second)).artifacts).toEqual([])
  })
})

test('two uploads at the same time do not disturb each other', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const log = jstatLog()
  await Promise.all([
    upload({ url, caseId, name: 'a.log', bytes: log }),
    upload({ url, caseId, name: 'b.txt', bytes: filler(5 * MEBIBYTE) }),
  ])
  const { artifacts } = await settledCase(url, caseId)
  expect(artifacts.map(({ name, size }) => ({ name, size })).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'a.log', size: log.length },
    { name: 'b.txt', size: 5 * MEBIBYTE },
  ])
})

/** Sends less than it announced and leaves the request open. `status` of the answer: undefined when there was none. */
function sendSome(
  location: string,
  bytes: Buffer,
  { offset, of }: { offset: number; of: number },
): { status: Promise<number | undefined>; cut: () => void } {
  const headers = {
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': offset,
    'content-length': of - offset,
  }
  const sending = http.request(location, { method: 'PATCH', headers })
  const status = new Promise<number | undefined>((resolve) => {
    sending.on('response', ({ statusCode }) => resolve(statusCode))
    sending.on('error', () => resolve(undefined))
    sending.on('close', () => resolve(undefined))
  })
  sending.write(bytes)
  void status.then(() => sending.destroy())
  return { status, cut: () => sending.destroy() }
}

/** Waits until more bytes of the only upload are in its file; asking for the upload itself would end its request. */
function arrived(url: string, caseId: string, moreThan: number): Promise<true> {
  return waitFor(async () => {
    const [upload] = (await readCase(url, caseId)).uploads
    return upload?.state.status === 'uploading' && upload.state.receivedBytes > moreThan ? true : undefined
  })
}

async function storedBytes(url: string, caseId: string): Promise<number | undefined> {
  return (await settledCase(url, caseId)).artifacts[0]?.size
}

/** Sends the first bytes and then breaks off. @returns the upload's URL */
function uploadPart(url: string, caseId: string, bytes: Buffer, until: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(bytes, {
      endpoint: `${url}/api/uploads`,
      metadata: { filename: 'big.txt', caseId },
      chunkSize: until,
      retryDelays: null,
      onError: reject,
      onChunkComplete() {
        const location = sending.url ?? ''
        sending.abort().then(() => resolve(location), reject)
      },
    })
    sending.start()
  })
}

function resume(uploadUrl: string, bytes: Buffer): Promise<{ from: number }> {
  return new Promise((resolve, reject) => {
    let from: number | undefined
    new Upload(bytes, {
      uploadUrl,
      retryDelays: null,
      onProgress: (sent) => (from ??= sent),
      onSuccess: () => resolve({ from: from ?? 0 }),
      onError: reject,
    }).start()
  })
}
