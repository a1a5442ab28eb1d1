import { gzipSync, zstdCompressSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { unpack } from '../src/unpack.ts'
import { collectingSink, outcomes, unpackBytes, withFile } from './collect.ts'
import { dumpBytes, tarOf, zipOf } from './make.ts'

const dump = dumpBytes()
const sha256 = createHash('sha256').update(dump).digest('hex')

test('a plain dump is offered as the input itself, with its size and hash', async () => {
  const { report, artifacts } = await unpackBytes(dump, 'heap.hprof')
  expect(report).toEqual({
    entries: [
      { name: 'heap.hprof', archive: undefined, kind: 'heap-dump', outcome: 'stored', size: dump.length, sha256 },
    ],
    damage: undefined,
    problem: undefined,
  })
  expect(artifacts[0].label.isInput).toBe(true)
})

const forms: [string, (content: Buffer) => Buffer | Promise<Buffer>, archive: string | undefined][] = [
  ['heap.hprof.gz', gzipSync, undefined],
  ['heap.hprof.zst', zstdCompressSync, undefined],
  ['heap.hprof.gz.zst', (content) => zstdCompressSync(gzipSync(content)), undefined],
  ['heap.tar', (content) => tarOf([{ name: 'a/heap.hprof', content }]), 'heap.tar'],
  ['heap.tar.gz', async (content) => gzipSync(await tarOf([{ name: './heap.hprof', content }])), 'heap.tar.gz'],
  ['heap.tar.zst', async (content) => zstdCompressSync(await tarOf([{ name: 'heap.hprof', content }])), 'heap.tar.zst'],
  ['heap.zip', (content) => zipOf([{ name: 'a\\heap.hprof', content }]), 'heap.zip'],
  ['stored.zip', (content) => zipOf([{ name: 'heap.hprof', content, method: 'stored' }]), 'stored.zip'],
  ['wide.zip', (content) => zipOf([{ name: 'heap.hprof', content, zip64: true }]), 'wide.zip'],
  ['streamed.zip', (content) => zipOf([{ name: 'heap.hprof', content, streamed: true }]), 'streamed.zip'],
]

test.each(forms)('%s gives the dump inside', async (name, packed, archive) => {
  const { report, artifacts } = await unpackBytes(await packed(dump), `C:\\incidents\\${name}`)
  expect(report.problem).toBeUndefined()
  expect(report.damage).toBeUndefined()
  expect(report.entries).toEqual([
    { name: 'heap.hprof', archive, kind: 'heap-dump', outcome: 'stored', size: dump.length, sha256 },
  ])
  expect(artifacts[0].bytes.equals(dump)).toBe(true)
  expect(artifacts[0].label.isInput).toBe(false)
})

test('a dump of many chunks comes out as it went in', async () => {
  const big = dumpBytes(3_000_000)
  for (const packed of [gzipSync(big), zstdCompressSync(big), zipOf([{ name: 'big', content: big }])]) {
    const { artifacts } = await unpackBytes(packed, 'big')
    expect(artifacts[0].bytes.equals(big)).toBe(true)
  }
})

test.each(['stored', 'deflated'] as const)('a zip inside a tar is read front to back (%s)', async (method) => {
  for (const style of [{}, { zip64: true }, ...(method === 'deflated' ? [{ streamed: true }] : [])]) {
    const inner = zipOf([
      { name: 'notes.txt', content: Buffer.from('nothing that is known'), method, ...style },
      { name: 'empty/', content: Buffer.alloc(0), method: 'stored' },
      { name: 'heap.hprof', content: dump, method, ...style },
    ])
    const { report, artifacts } = await unpackBytes(await tarOf([{ name: 'inner.zip', content: inner }]), 'outer.tar')
    expect(report.entries.map(({ name, archive, outcome }) => [name, archive, outcome])).toEqual([
      ['notes.txt', 'outer.tar › inner.zip', 'skipped'],
      ['empty', 'outer.tar › inner.zip', 'skipped'],
      ['heap.hprof', 'outer.tar › inner.zip', 'stored'],
    ])
    expect(artifacts[0].bytes.equals(dump)).toBe(true)
    expect(report.damage).toBeUndefined()
  }
})

test('what is no evidence is skipped with the reason, and the others go on', async () => {
  const archive = await tarOf([
    { name: 'incident', type: 'directory' },
    { name: 'incident/._heap.hprof', content: Buffer.from('Mac OS X') },
    { name: 'incident/passwd', type: 'symlink', linkname: '/etc/passwd' },
    { name: 'incident/pipe', type: 'fifo' },
    { name: 'incident/core', content: Buffer.from('\x7fELF\x02\x01\x01') },
    { name: 'incident/old.bz2', content: Buffer.from('BZh91AY&SY') },
    { name: 'incident/heap.hprof', content: dump },
  ])
  const { report } = await unpackBytes(archive, 'incident.tar')
  expect(outcomes(report)).toEqual([
    'unknown incident: skipped. It is a directory.',
    'unknown ._heap.hprof: skipped. It is a companion file of macOS.',
    'unknown passwd: skipped. It is a link, and links in archives are not followed.',
    'unknown pipe: skipped. It is a device or a pipe, not a file.',
    expect.stringContaining('unknown core: skipped. It is an ELF file, likely a core dump'),
    expect.stringContaining('unknown old.bz2: skipped. This is packed as bzip2, which Heaptrail does not unpack'),
    'heap-dump heap.hprof: stored',
  ])
  expect(report.entries.map(({ size }) => size)).toEqual([0, 8, 0, 0, 7, 10, dump.length])
  expect(report.entries.flatMap((entry) => (entry.outcome === 'skipped' ? [entry.trivial] : []))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

test('an archive without evidence is a problem, said in a sentence', async () => {
  const one = await tarOf([{ name: 'readme.txt', content: Buffer.from('hello') }])
  expect((await unpackBytes(one, 'one.tar')).report.problem).toMatch(
    /^The archive holds nothing that Heaptrail reads\. readme\.txt: It is no heap dump/,
  )
  const two = await tarOf([
    { name: 'a.txt', content: Buffer.from('hello') },
    { name: 'b.txt', content: Buffer.from('hello') },
  ])
  expect((await unpackBytes(two, 'two.tar')).report.problem).toMatch(/: 2 files, none of them a heap dump/)
  expect((await unpackBytes(zipOf([]), 'empty.zip')).report.problem).toBe('The archive is empty.')
  expect((await unpackBytes(Buffer.alloc(0), 'empty.hprof')).report.problem).toBe(
    'It is empty: nothing was written, or nothing was copied.',
  )
})

test('cancelling stops in the middle and discards what was written', async () => {
  const cancel = new AbortController()
  const packed = gzipSync(dumpBytes(3_000_000), { level: 0 })
  const { sink, artifacts } = collectingSink()
  const seen: number[] = []
  const run = withFile(packed, (path) =>
    unpack({ path, name: 'heap.hprof.gz' }, sink, {
      signal: cancel.signal,
      onProgress(read, total) {
        seen.push(read / total)
        if (read > total / 2) cancel.abort(new Error('stopped by the user'))
      },
    }),
  )
  await expect(run).rejects.toThrow('stopped by the user')
  expect(artifacts.map(({ state }) => state)).toEqual(['discarded'])
  expect(Math.max(...seen)).toBeLessThan(1)
})
