/** A server with something of everything in it, and the ids that examples name. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Case } from '@heaptrail/api/cases'
import { Histogram, ObjectsOfClass } from '@heaptrail/api/heap'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { createLog } from '../../src/log.ts'
import { startServer } from '../../src/server.ts'
import { testConfig } from '../config.ts'
import { jstatLog } from '../evidence.ts'
import { newCase, request, settledCase, uploadAndWait } from '../running-server.ts'

export interface Known {
  readonly url: string
  /** By the names of path parameters, and of what else examples need. */
  readonly ids: Readonly<Record<string, string>>
  close(): Promise<void>
}

const HEAP = `
  root -> A:acme.Sessions
  A -> byId=B:acme.Session other=C:acme.Session
  B -> user=D:acme.User
`

export async function startKnown(): Promise<Known> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-examples-'))
  const importDirectory = path.join(folder, 'import')
  await mkdir(path.join(importDirectory, 'tuesday'), { recursive: true })
  await writeFile(path.join(importDirectory, 'tuesday', 'jstat.log'), jstatLog())
  const config = testConfig(path.join(folder, 'data'), { importDirectory })
  const server = await startServer(config, createLog(config))
  const { url } = server
  const ids = { ...(await demoIds(url)), ...(await freshIds(url)) }
  const close = async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { url, ids, close }
}

/** The demo case. Its dump is the same in every copy of the repository, so objects have names here. */
async function demoIds(url: string): Promise<Record<string, string>> {
  const { id } = Case.parse(await (await request(url, '/api/demo', { method: 'POST' })).json())
  const { artifacts } = await settledCase(url, id)
  const idOf = (file: string) => artifacts.find(({ name }) => name === file)?.id ?? ''
  const heap = `/api/artifacts/${idOf('fetch.bin')}/heap`
  return {
    caseId: id,
    dumpId: idOf('fetch.bin'),
    logId: idOf('jstat-gc-t.log'),
    histogramId: idOf('jmap-histo-live.txt'),
    topId: idOf('top.txt'),
    objectId: '0xfd59b668',
    classId: '0xfd59b120',
    threadId: '0xfd0c7260',
    loaderId: '0xfd097c30',
    bytesClassId: await classOf(url, heap, 'byte[]'),
    stringId: await objectOf(url, heap, 'java.lang.String'),
    arrayId: await objectOf(url, heap, 'byte[]'),
    mapId: await objectOf(url, heap, 'java.util.HashMap'),
  }
}

async function classOf(url: string, heap: string, className: string): Promise<string> {
  const pattern = `/^${className.replace(/[.[\]]/g, '\\$&')}$/`
  const answer = await request(url, `${heap}/histogram?filter=${encodeURIComponent(pattern)}`)
  return Histogram.parse(await answer.json()).rows[0]?.classId ?? ''
}

/** The first object of a class. */
async function objectOf(url: string, heap: string, className: string): Promise<string> {
  const answer = await request(url, `${heap}/objects?classId=${await classOf(url, heap, className)}`)
  return ObjectsOfClass.parse(await answer.json()).rows[0]?.id ?? ''
}

/** What examples change, or delete. */
async function freshIds(url: string): Promise<Record<string, string>> {
  const freshCase = await newCase(url, 'Heap full on Tuesday')
  const { bytes } = heapFromText(HEAP)
  const dumps = await uploadAndWait({ url, caseId: freshCase, name: 'before.hprof', bytes })
  const both = await uploadAndWait({
    url,
    caseId: freshCase,
    name: 'after.hprof',
    bytes: heapFromText(`${HEAP}\nC -> last=E:acme.User`).bytes,
  })
  const [before, after] = both.toSorted((a, b) => Number(b.id === dumps[0]?.id) - Number(a.id === dumps[0]?.id))
  const log = await uploadAndWait({ url, caseId: freshCase, name: 'jstat.log', bytes: jstatLog() })
  const uploading = async (name: string) => {
    const metadata = `filename ${btoa(name)},caseId ${btoa(freshCase)}`
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '2048', 'upload-metadata': metadata }
    const begun = await request(url, '/api/uploads', { method: 'POST', headers })
    return begun.headers.get('location')?.split('/').at(-1) ?? ''
  }
  return {
    freshCase,
    beforeId: before?.id ?? '',
    otherId: after?.id ?? '',
    freshLog: log.find(({ kind }) => kind === 'jstat-log')?.id ?? '',
    uploadId: await uploading('a.hprof'),
    givenUp: await uploading('b.hprof'),
    dismissed: await uploading('c.hprof'),
    emptyCase: await newCase(url, 'a mistake'),
  }
}
