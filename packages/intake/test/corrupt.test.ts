/** Every archive of the fixtures, by its name: what comes of it. The large set has some more. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { expect, test } from 'vitest'
import { outcomes, unpackFile } from './collect.ts'

const small = new URL('../../fixtures/archives/', import.meta.url).pathname

/** File → the kinds and outcomes of what was stored, or (a string) the beginning of the problem. */
const EXPECTED: Record<string, readonly string[] | string> = {
  'bomb-10g-multimember.gz.zst': 'It unpacks to more than 1000 times its size',
  'gz-bad-crc.hprof.gz': ['heap-dump gz-bad-crc.hprof: damaged'],
  'gz-empty.gz': 'It is empty:',
  'gz-header-only.gz': 'The gzip file is cut off: it ends at byte 10',
  'gz-named-hprof.hprof': ['heap-dump gz-named-hprof.hprof: stored'],
  'gz-of-gz.hprof.gz.gz': ['heap-dump gz-of-gz.hprof: stored'],
  'gz-trailing-garbage.hprof.gz': ['heap-dump gz-trailing-garbage.hprof: stored'],
  'gz-two-members.hprof.gz': ['heap-dump gz-two-members.hprof: stored'],
  'tar-bundle-all-artifacts.tar.gz': [
    'heap-dump fetch.bin: stored',
    'jstat-log jstat.txt: stored',
    'class-histogram histo.txt: stored',
    'top-output top.txt: stored',
  ],
  'tar-bz2.tar.bz2': 'This is packed as bzip2',
  'tar-devices-fifo.tar.gz': ['heap-dump dump.hprof: stored'],
  'tar-no-dump.tar.gz': 'The archive holds nothing that Heaptrail reads',
  'tar-plain.tar': ['heap-dump dump.hprof: stored'],
  'tar-symlink-dir-escape.tar.gz': ['heap-dump dump.hprof: stored'],
  'tar-symlinks.tar.gz': ['heap-dump dump.hprof: stored'],
  'tar-traversal.tar.gz': ['heap-dump x: stored', 'heap-dump fetch.13205.bin: stored'],
  'tar-truncated.tar.gz': ['heap-dump first.hprof: damaged'],
  'tar-two-dumps.tar.gz': ['heap-dump first.hprof: stored', 'heap-dump second.hprof: stored'],
  'tar-unicode-and-long-names.tar.gz': ['heap-dump 溢出.hprof: stored'],
  'tar-weird-names.tar.gz': [
    'heap-dump a b\'; rm -rf "$HOME";.hprof: stored',
    'heap-dump <img src=x onerror=alert(1)>.hprof: stored',
    'heap-dump newline.hprof: stored',
  ],
  'tar-xz.tar.xz': 'This is packed as xz',
  'zip-bad-crc.zip': 'The archive holds nothing that Heaptrail reads. dump.hprof: The zip archive is corrupt',
  'zip-empty.zip': 'The archive is empty.',
  'zip-encrypted.zip': 'The archive holds nothing that Heaptrail reads. ok-64bit-1.0.2-segments.hprof: It is encrypted',
  'zip-nested.zip': [
    'heap-dump dump.hprof: stored',
    'heap-dump first.hprof: stored',
    'heap-dump second.hprof: stored',
    'heap-dump dump.hprof: stored',
  ],
  'zip-stored.zip': ['heap-dump dump.hprof: stored'],
  'zip-traversal.zip': [
    'heap-dump evil.hprof: stored',
    'heap-dump evil2.hprof: stored',
    'heap-dump evil.hprof: stored',
  ],
  'zip-truncated.zip': ['heap-dump dump.hprof: stored'],
  'zip-two-dumps.zip': ['heap-dump a.hprof: stored', 'heap-dump b.hprof: stored'],
  'zst-ok.hprof.zst': ['heap-dump zst-ok.hprof: stored'],
  'zst-truncated.hprof.zst': 'The Zstandard file is cut off',
}
const EXPECTED_OF_LARGE: Record<string, readonly string[] | string> = {
  'all-zero-1M.hprof.gz': 'It holds nothing but zero bytes',
  'bomb-1g.hprof.gz': 'It unpacks to more than 1000 times its size',
  'bomb-1g.zip': 'The archive holds nothing that Heaptrail reads. dump.hprof: It holds nothing but zero bytes',
  'gz-truncated.hprof.gz': ['heap-dump gz-truncated.hprof: damaged'],
  'random-1M.hprof.gz': 'It is no heap dump',
}

/** What was stored, or where nothing was the problem, cut to the length expected. */
async function outcomeOf(path: string, name: string, expected: readonly string[] | string) {
  const { report, artifacts } = await unpackFile(path, name)
  const kept = outcomes(report)
    .map((line) => line.replace(/: damaged\. .*/, ': damaged'))
    .filter((line) => !line.includes(': skipped.'))
  const stored = artifacts.filter(({ state }) => state === 'finished').length
  const outcome = typeof expected === 'string' ? report.problem?.slice(0, expected.length) : kept
  return { outcome, asReported: stored === kept.length }
}

test.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
  expect(await outcomeOf(join(small, name), name, expected)).toEqual({ outcome: expected, asReported: true })
})

test('every archive of the folder is in the list', () => {
  expect(readdirSync(small).filter((name) => name !== 'README.md' && !(name in EXPECTED))).toEqual([])
})

test.skipIf(largeFixtures === undefined).each(Object.entries(EXPECTED_OF_LARGE))('%s', async (name, expected) => {
  const path = join(largeFixtures ?? '', 'D-corrupt', name)
  expect(await outcomeOf(path, name, expected)).toEqual({ outcome: expected, asReported: true })
})
