import {
  appendFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { ImportableFiles, OpenedFile } from '@heaptrail/api/local-files'
import { describe, expect, onTestFinished, test } from 'vitest'
import { archive, chainDump, jstatLog } from './evidence.ts'
import {
  expectAnswer,
  newCase,
  request,
  settledCase,
  startTestServer,
  temporaryDataDirectory,
  uploadAndWait,
} from './running-server.ts'

async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'heaptrail-import-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function open(url: string, file: string, headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ path: file })
  return request(url, '/api/open', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

async function ownerSecret(dataDirectory: string): Promise<Record<string, string>> {
  const { secret } = JSON.parse(await readFile(path.join(dataDirectory, 'server.json'), 'utf8')) as { secret: string }
  return { authorization: `Bearer ${secret}` }
}

describe('the import folder', () => {
  test('lists its files, and a dump in it is read in place; packed files are unpacked', async () => {
    const importDirectory = await temporaryFolder()
    await mkdir(path.join(importDirectory, 'tuesday'))
    await writeFile(path.join(importDirectory, 'tuesday', 'chain.hprof'), chainDump(1000))
    await writeFile(path.join(importDirectory, 'bundle.tar.gz'), await archive('tar-bundle-all-artifacts.tar.gz'))
    await writeFile(path.join(importDirectory, 'two\nlines.log'), jstatLog())
    const { url, dataDirectory } = await startTestServer({ importDirectory })
    const listed = await expectAnswer(await request(url, '/api/import'), 200, ImportableFiles)
    expect(listed.rows.map((row) => row.path)).toEqual(['bundle.tar.gz', 'tuesday/chain.hprof', 'two\nlines.log'])

    const { caseId } = await expectAnswer(await open(url, 'tuesday/chain.hprof'), 201, OpenedFile)
    const { title, artifacts } = await settledCase(url, caseId)
    expect([title, artifacts]).toMatchObject(['chain.hprof', [{ kind: 'heap-dump', state: { status: 'ready' } }]])
    const [blob = ''] = (await readdir(path.join(dataDirectory, 'blobs'))).filter((name) => !name.includes('.'))
    expect((await lstat(path.join(dataDirectory, 'blobs', blob))).isSymbolicLink()).toBe(true)

    const bundle = await expectAnswer(await open(url, 'bundle.tar.gz'), 201, OpenedFile)
    expect((await settledCase(url, bundle.caseId)).artifacts).toHaveLength(4)
    const log = await expectAnswer(await open(url, 'two\nlines.log'), 201, OpenedFile)
    expect((await settledCase(url, log.caseId)).title).toBe('twolines.log')
    await request(url, `/api/cases/${caseId}`, { method: 'DELETE' })
    expect(await readdir(path.join(importDirectory, 'tuesday'))).toEqual(['chain.hprof'])
    expect(await readdir(path.join(dataDirectory, 'blobs'))).not.toContain(blob)
  })

  test('nothing outside of it can be opened, there or not, by whatever way', async () => {
    const outside = await temporaryFolder()
    await writeFile(path.join(outside, 'secret.log'), jstatLog())
    const importDirectory = await temporaryFolder()
    await symlink(outside, path.join(importDirectory, 'link'))
    const { url } = await startTestServer({ importDirectory })
    const attempts = [
      '/etc/passwd',
      '../' + path.basename(outside) + '/secret.log',
      path.join(outside, 'secret.log'),
      'link/secret.log',
      '.',
      '../nothing-there',
    ]
    for (const file of attempts) {
      const { code } = await expectAnswer(await open(url, file), 400, ErrorBody)
      expect([file, code]).toEqual([file, 'bad-request'])
    }
    const missing = await expectAnswer(await open(url, 'nothing-there'), 422, ErrorBody)
    expect(missing.message).not.toContain(importDirectory)
  })

  test('the data directory in it stays out, and so does what is hidden: their secrets are not for everybody', async () => {
    const dataDirectory = await temporaryDataDirectory()
    const importDirectory = path.dirname(dataDirectory)
    await mkdir(path.join(importDirectory, '.ssh'))
    await writeFile(path.join(importDirectory, '.ssh', 'id'), 'a key')
    await writeFile(path.join(importDirectory, 'a.log'), jstatLog())
    await symlink('.ssh/id', path.join(importDirectory, 'link'))
    const { url } = await startTestServer({ importDirectory, dataDirectory })
    const listed = await expectAnswer(await request(url, '/api/import'), 200, ImportableFiles)
    expect(listed.rows.map((row) => row.path)).toEqual(['a.log'])
    for (const file of ['data/server.json', 'data/../data/server.json', '.ssh/id', 'link'])
      expect([file, (await open(url, file)).status]).toEqual([file, 400])
    expect((await open(url, 'a.log')).status).toBe(201)
  })

  test('without one no path is taken', async () => {
    const { url } = await startTestServer()
    const { message } = await expectAnswer(await open(url, '/etc/passwd'), 400, ErrorBody)
    expect(message).toContain('HEAPTRAIL_IMPORT_DIR is not set')
  })
})

test('the command line opens any file with the secret of the data directory, which only its owner can read', async () => {
  const file = path.join(await temporaryFolder(), 'a.log')
  await writeFile(file, jstatLog())
  const { url, dataDirectory, close } = await startTestServer({ accessKey: 'a-key-that-nobody-guesses' })
  expect((await open(url, file)).status).toBe(401)
  expect((await open(url, file, { authorization: 'Bearer a-key-that-nobody-guesses' })).status).toBe(400)
  expect((await open(url, file, await ownerSecret(dataDirectory))).status).toBe(201)
  expect((await lstat(path.join(dataDirectory, 'server.json'))).mode & 0o077).toBe(0)
  await close()
  expect(await readdir(dataDirectory)).not.toContain('server.json')
})

test('a dump that is read in place and changed or gone keeps its analysis, but its contents are missing', async () => {
  const file = path.join(await temporaryFolder(), 'chain.hprof')
  await writeFile(file, chainDump(1000))
  const { url, dataDirectory } = await startTestServer()
  const opened = await open(url, file, await ownerSecret(dataDirectory))
  const { caseId } = await expectAnswer(opened, 201, OpenedFile)
  const [artifact] = (await settledCase(url, caseId)).artifacts
  const heap = `/api/artifacts/${artifact?.id}/heap`
  const { rows } = (await (await request(url, `${heap}/dominators`)).json()) as { rows: { id: string }[] }
  const fields = `${heap}/objects/${rows[0]?.id}/fields`
  expect((await request(url, fields)).status).toBe(200)
  expect((await request(url, `/api/artifacts/${artifact?.id}/content`)).status).toBe(200)

  await appendFile(file, 'more')
  for (const route of [heap, `${heap}/histogram`, `${heap}/dominators`, `${heap}/objects/${rows[0]?.id}/paths`])
    expect([route, (await request(url, route)).status]).toEqual([route, 200])
  for (const route of [fields, `/api/artifacts/${artifact?.id}/content`])
    expect((await expectAnswer(await request(url, route), 410, ErrorBody)).code).toBe('gone')
})

test('every file can be had back as it came in, under its name', async () => {
  const { url } = await startTestServer()
  const log = jstatLog()
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'Protokoll "α".log', bytes: log })
  const answer = await request(url, `/api/artifacts/${artifact?.id}/content`)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Protokoll%20%22%CE%B1%22.log")
  expect(Buffer.from(await answer.arrayBuffer()).equals(log)).toBe(true)
})
