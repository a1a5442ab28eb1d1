import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@heaptrail/fixtures/random'
import { afterAll, expect, test } from 'vitest'
import { directSink } from './direct-sink.ts'
import { fileSinkBeside } from './file-sink.ts'

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-direct-'))
afterAll(() => rmSync(folder, { recursive: true }))

const random = seededRandom(1)
const page = (): Uint8Array => Uint8Array.from({ length: 4096 }, () => random.below(256))
const PAGES = Array.from({ length: 40 }, page)

/** Pieces of a file as [offset, bytes]. */
function written(name: string, pieces: readonly (readonly [number, Uint8Array])[]): Buffer {
  const path = join(folder, name)
  closeSync(openSync(path, 'wx'))
  const sink = directSink(path, fileSinkBeside(path), 16_384)
  for (const [offset, bytes] of pieces) sink.writeAt(offset, bytes)
  sink.close()
  return readFileSync(path)
}

test('what is written in order, more than is gathered at a time, is in the file', () => {
  const pieces = PAGES.map((bytes, i) => [i * 4096, bytes] as const)
  expect(written('ordered', pieces)).toEqual(Buffer.concat(PAGES))
})

test('places that another one fills are left alone', () => {
  const pieces = PAGES.flatMap((bytes, i) => (i % 5 === 3 ? [] : [[i * 4096, bytes] as const]))
  const whole = PAGES.map((bytes, i) => (i % 5 === 3 ? new Uint8Array(4096) : bytes))
  expect(written('gaps', pieces)).toEqual(Buffer.concat(whole))
})

test('what does not fill whole blocks is written in the usual way', () => {
  const text = new TextEncoder().encode('the end')
  const pieces = [[0, PAGES[0]] as const, [4096, text] as const, [3 * 4096 + 5, text] as const]
  const file = written('tail', pieces)
  expect(file.subarray(0, 4103)).toEqual(Buffer.concat([PAGES[0], text]))
  expect(file.subarray(3 * 4096 + 5)).toEqual(Buffer.from(text))
})
