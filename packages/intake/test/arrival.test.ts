/** Files that are read while their bytes come in. */
import { appendFile } from 'node:fs/promises'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Arrival } from '../src/arrival.ts'
import { unpack } from '../src/unpack.ts'
import { collectingSink, outcomes, withFile } from './collect.ts'
import { dumpBytes, tarOf, zipOf } from './make.ts'

const DUMP = dumpBytes(1_000_000)

interface Line {
  readonly arrival: Arrival
  /** The next bytes are in the file. */
  send(bytes: Uint8Array): Promise<void>
  hangUp(): void
}

/** Bytes come into the file when the test says so; `size` of them are promised. */
function lineTo(path: string, size: number): Line {
  let there = 0
  let over = false
  let news = Promise.withResolvers<void>()
  const tell = () => {
    news.resolve()
    news = Promise.withResolvers()
  }
  return {
    arrival: {
      size,
      async moreThan(bytes) {
        while (there <= bytes && !over) await news.promise
        return there > bytes
      },
    },
    async send(bytes) {
      await appendFile(path, bytes)
      there += bytes.length
      tell()
    },
    hangUp() {
      over = true
      tell()
    },
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.each([
  ['dump.hprof', DUMP],
  ['dump.hprof.gz', gzipSync(DUMP)],
  ['dump.hprof.zst', zstdCompressSync(DUMP)],
  ['dump.tar.gz', gzipSync(await tarOf([{ name: 'dump.hprof', content: DUMP }]))],
])('%s is unpacked as far as it has come in', async (name, packed) => {
  await withFile(new Uint8Array(0), async (path) => {
    const line = lineTo(path, packed.length)
    const { sink, artifacts } = collectingSink()
    let taken = 0
    const counting: typeof sink = {
      async create(label) {
        const writer = await sink.create(label)
        return { ...writer, write: (chunk) => ((taken += chunk.length), writer.write(chunk)) }
      },
    }
    const done = unpack({ path, name, arrival: line.arrival }, counting)
    const half = Math.floor(packed.length / 2)
    await line.send(packed.subarray(0, half))
    await until(() => taken > DUMP.length / 3)
    expect(taken).toBeLessThan(DUMP.length)
    await line.send(packed.subarray(half))
    expect(outcomes(await done)).toEqual(['heap-dump dump.hprof: stored'])
    expect(artifacts[0]?.bytes.equals(DUMP)).toBe(true)
  })
})

test('a zip is read by the directory at its end, so it waits for that', async () => {
  const zip = zipOf([{ name: 'dump.hprof', content: DUMP }])
  await withFile(new Uint8Array(0), async (path) => {
    const line = lineTo(path, zip.length)
    const { sink, artifacts } = collectingSink()
    const done = unpack({ path, name: 'dump.zip', arrival: line.arrival }, sink)
    await line.send(zip.subarray(0, -1))
    await line.send(zip.subarray(-1))
    expect(outcomes(await done)).toEqual(['heap-dump dump.hprof: stored'])
    expect(artifacts[0]?.bytes.equals(DUMP)).toBe(true)
  })
})

test('a line that ends early leaves a file that is cut off', async () => {
  const packed = gzipSync(DUMP)
  await withFile(new Uint8Array(0), async (path) => {
    const line = lineTo(path, packed.length)
    const { sink } = collectingSink()
    const done = unpack({ path, name: 'dump.hprof.gz', arrival: line.arrival }, sink)
    await line.send(packed.subarray(0, packed.length / 2))
    line.hangUp()
    expect(outcomes(await done)[0]).toMatch(/^heap-dump dump.hprof: damaged\. The gzip file is cut off/)
  })
})
