import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../src/limits.ts'
import { unpackBytes } from './collect.ts'
import { dumpBytes, tarOf, zipOf } from './make.ts'

const padded = Buffer.concat([dumpBytes(1000), Buffer.alloc(4_000_000)])

test.each([
  ['gzip', gzipSync(padded)],
  ['zstd', zstdCompressSync(padded)],
  ['zip', zipOf([{ name: 'heap', content: padded }])],
  ['gzip of gzip', gzipSync(gzipSync(padded))],
])('a %s that unpacks beyond the limit is discarded with a sentence', async (_form, packed) => {
  const { report, artifacts } = await unpackBytes(packed, 'heap', {
    limits: { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 20 },
  })
  expect(report.problem).toMatch(/^It unpacks to more than 1 MiB, the limit for one upload\./)
  expect(artifacts.map(({ state }) => state)).not.toContain('finished')
})

test('padding alone is told by its ratio, once it is large', async () => {
  const limits = { ...DEFAULT_LIMITS, ratio: 100, ratioFreeBytes: 1_000_000 }
  const { report } = await unpackBytes(gzipSync(padded), 'heap.gz', { limits })
  expect(report.problem).toMatch(/^It unpacks to more than 100 times its size, which no real heap dump does/)
  const small = Buffer.concat([dumpBytes(1000), Buffer.alloc(900_000)])
  expect((await unpackBytes(gzipSync(small), 'heap.gz', { limits })).report.problem).toBeUndefined()
})

test('what was stored before a limit was reached is kept', async () => {
  const archive = gzipSync(
    await tarOf([
      { name: 'small', content: dumpBytes(1000) },
      { name: 'large', content: padded },
    ]),
  )
  const { report, artifacts } = await unpackBytes(archive, 'two.tar.gz', {
    limits: { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 21 },
  })
  expect(artifacts.map(({ label, state }) => [label.name, state])).toEqual([
    ['small', 'finished'],
    ['large', 'discarded'],
  ])
  expect(report.entries.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['small', 'stored'],
    ['large', 'skipped'],
  ])
  expect(report.problem).toBeUndefined()
  expect(report.damage?.message).toMatch(/^It unpacks to more than 2 MiB/)
})

test('a zip whose directory lists the same bytes again and again is stopped', async () => {
  const packed = zipOf([{ name: 'heap', content: dumpBytes(3_000_000), method: 'stored' }], 50)
  const { report, artifacts } = await unpackBytes(packed, 'overlapping.zip')
  expect(report.damage?.message).toMatch(/^The entries of the zip archive overlap/)
  expect(artifacts.map(({ state }) => state)).toEqual(['finished', 'discarded'])
})

test('too many entries are a sentence', async () => {
  const limits = { ...DEFAULT_LIMITS, entries: 2 }
  const archive = await tarOf(['a', 'b', 'c'].map((name) => ({ name, content: Buffer.from('text') })))
  expect((await unpackBytes(archive, 'three.tar', { limits })).report.problem).toMatch(
    /^It holds more than 2 entries\./,
  )
})

test('five layers of packing are unpacked, the sixth is not', async () => {
  let packed: Buffer = dumpBytes()
  for (let layer = 0; layer < 5; layer++) packed = gzipSync(packed)
  expect((await unpackBytes(packed, 'heap')).report.entries[0].outcome).toBe('stored')
  expect((await unpackBytes(gzipSync(packed), 'heap')).report.problem).toBe(
    'It is packed more than 5 times over: unpack it and give what is inside, or raise the limit (HEAPTRAIL_ARCHIVE_LAYERS, --unpack layers=N).',
  )
})

test('limits can be raised', async () => {
  let packed: Buffer = gzipSync(padded)
  for (let layer = 1; layer < 7; layer++) packed = gzipSync(packed)
  const limits = { ...DEFAULT_LIMITS, layers: 7, ratio: 1_000_000, ratioFreeBytes: 1 }
  expect((await unpackBytes(packed, 'heap', { limits })).report.entries[0].outcome).toBe('stored')
})

test('ten megabytes that would become ten gigabytes are stopped early', async () => {
  const bomb = zstdDecompressSync(
    readFileSync(new URL('../../fixtures/archives/bomb-10g-multimember.gz.zst', import.meta.url)),
  )
  expect(bomb.length).toBeGreaterThan(10_000_000)
  const { report, artifacts } = await unpackBytes(bomb, 'bomb.gz')
  expect(report.problem).toMatch(/^It unpacks to more than 1000 times its size.*stopped after \d{2,3} MiB/)
  expect(artifacts.map(({ state }) => state)).not.toContain('finished')
})
