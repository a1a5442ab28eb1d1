import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { newArrivalState, openArrivingFile, tellArrived } from './arriving-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-arriving-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A thread that reads `length` bytes from byte 0 on and says what it got. */
const READER = `
  import { parentPort, workerData } from 'node:worker_threads'
  const { openArrivingFile } = await import(workerData.module)
  const target = new Uint8Array(workerData.length)
  const source = openArrivingFile(workerData.path, workerData.state)
  const before = source.size
  const read = source.readInto(0, target)
  parentPort.postMessage({ before, text: Buffer.from(target.subarray(0, read)).toString(), after: source.size })
`

function readInThread(path: string, state: SharedArrayBuffer, length: number): Promise<unknown> {
  const module = new URL('./arriving-file.ts', import.meta.url).href
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(READER)}`), {
    workerData: { module, path, state, length },
  })
  return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
}

test('a read waits until all its bytes are there', async () => {
  const path = join(folder, 'growing')
  const state = newArrivalState()
  writeFileSync(path, 'heap')
  tellArrived(state, 4, false)
  const answer = readInThread(path, state, 9)
  let isOver = false
  void answer.then(() => (isOver = true))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(isOver).toBe(false)
  appendFileSync(path, 'trail')
  tellArrived(state, 9, false)
  expect(await answer).toEqual({ before: Infinity, text: 'heaptrail', after: Infinity })
})

test('what was announced as the end is the end, and gives the size', async () => {
  const path = join(folder, 'short')
  const state = newArrivalState()
  writeFileSync(path, 'heap')
  const answer = readInThread(path, state, 9)
  tellArrived(state, 4, true)
  expect(await answer).toMatchObject({ text: 'heap', after: 4 })
  expect(openArrivingFile(path, state).readInto(4, new Uint8Array(1))).toBe(0)
})
