import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { outcomes, unpackBytes } from './collect.ts'
import { dumpBytes, tarOf, zipOf } from './make.ts'

const dump = dumpBytes(300_000)

test.each([
  ['gzip', gzipSync(dump), 'The gzip file is cut off: it ends at byte'],
  ['zstd', zstdCompressSync(dump), 'The Zstandard file is cut off: it ends at byte'],
  ['zip', zipOf([{ name: 'heap', content: dump }]), 'The zip archive is cut off in the middle of this entry.'],
  [
    'streamed zip',
    zipOf([{ name: 'heap', content: dump, streamed: true }]),
    'The zip archive is cut off in the middle of this entry.',
  ],
  ['tar', await tarOf([{ name: 'heap', content: dump }]), 'The tar archive is cut off in the middle of this entry.'],
  ['tar.gz', gzipSync(await tarOf([{ name: 'heap', content: dump }])), 'The gzip file is cut off: it ends at byte'],
])('a %s cut anywhere gives the bytes before the cut, and says so', async (_form, packed, message) => {
  let longest = 0
  for (const part of [0.5, 0.7, 0.9]) {
    const { report, artifacts } = await unpackBytes(packed.subarray(0, packed.length * part), 'heap')
    const [entry] = report.entries
    expect(entry.outcome).toBe('damaged')
    if (entry.outcome !== 'damaged') continue
    const { bytes } = artifacts[0]
    expect(bytes.equals(dump.subarray(0, bytes.length))).toBe(true)
    expect(bytes.length).toBeGreaterThanOrEqual(Math.max(longest, 1))
    longest = bytes.length
    expect(entry.damage.byte).toBe(bytes.length)
    expect(entry.damage.message).toContain(message)
  }
})

test('a changed byte in gzip data is noticed by the checksum, and all the data is kept', async () => {
  const packed = gzipSync(dump, { level: 0 })
  packed[200_000] ^= 1
  const { report, artifacts } = await unpackBytes(packed, 'heap.gz')
  expect(outcomes(report)).toEqual([
    'heap-dump heap: damaged. The checksum of the gzip data from byte 0 on is wrong: bytes were changed on the way.',
  ])
  expect(artifacts[0].bytes.length).toBe(dump.length)
})

test('a changed byte in a zip entry is noticed by the checksum', async () => {
  for (const streamed of [false, true]) {
    const packed = zipOf([{ name: 'heap', content: dump, method: streamed ? 'deflated' : 'stored', streamed }])
    packed[packed.length - 100] ^= 1 // in the directory or behind it: harmless or fatal, never a crash
    await unpackBytes(packed, 'heap.zip')
    packed[packed.length - 100] ^= 1
    packed[packed.length / 2] ^= 1
    const { report } = await unpackBytes(packed, 'heap.zip')
    expect(['damaged', 'skipped']).toContain(report.entries[0].outcome)
  }
})

test('a gzip member in the middle with a wrong checksum does not hide the next ones', async () => {
  const wrong = gzipSync(dump.subarray(0, 100_000))
  wrong.writeUInt32LE(7, wrong.length - 8)
  const { report, artifacts } = await unpackBytes(Buffer.concat([wrong, gzipSync(dump.subarray(100_000))]), 'heap.gz')
  expect(artifacts[0].bytes.equals(dump)).toBe(true)
  expect(report.entries[0]).toMatchObject({ outcome: 'damaged', damage: { byte: 100_000 } })
})

test('a damaged header ends a tar, and what came before it is there', async () => {
  const tar = await tarOf([
    { name: 'first', content: dumpBytes(600) },
    { name: 'second', content: dumpBytes(600) },
  ])
  tar[512 + 1024 + 10] ^= 0xff
  const { report } = await unpackBytes(tar, 'two.tar')
  expect(outcomes(report)).toEqual(['heap-dump first: stored'])
  expect(report.damage).toEqual({ message: 'The tar archive is damaged: no header at byte 1536.', byte: 1536 })
})

test('a zip without its directory is read by the headers of its entries', async () => {
  const packed = zipOf([
    { name: 'first', content: dumpBytes(600) },
    { name: 'second', content: dumpBytes(700) },
  ])
  const { report } = await unpackBytes(packed.subarray(0, packed.length - 40), 'two.zip')
  expect(outcomes(report)).toEqual(['heap-dump first: stored', 'heap-dump second: stored'])
})

test('a tar header that announces a name of gigabytes is refused, not read', async () => {
  const tar = await tarOf([{ name: 'x'.repeat(200), content: dumpBytes(600) }])
  const size = tar.subarray(124, 136)
  size.write('77777777777\0')
  fixChecksum(tar)
  const { report } = await unpackBytes(tar, 'hostile.tar')
  expect(report.damage?.message).toMatch(/^The tar archive is damaged: a name of 8589934591 bytes/)
})

function fixChecksum(header: Buffer): void {
  header.fill(0x20, 148, 156)
  let sum = 0
  for (const byte of header.subarray(0, 512)) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
}
