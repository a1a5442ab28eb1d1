/**
 * The JVM's own histogram is the judge of sizes in every layout. docs/sizes.md has a row for every dump and a reason for
 * every class that differs; both are checked here.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { dumpsFolder, fixtureText, packedPath, unpack } from '@heaptrail/fixtures/packed'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import type { Layout } from '@heaptrail/heap/layout'
import { expect, test } from 'vitest'
import { type Comparison, compareWithJvm } from './jvm-histogram.ts'

const page = readFileSync(new URL('../../../docs/sizes.md', import.meta.url), 'utf8')
/** Of the classes with equal counts that are no arrays. */
const LEAST_EXACT = 0.95
/** `-all` dumps hold unreachable objects that were collected before the histogram was made. */
const NOT_OF_THE_SAME_MOMENT = /-all$/

async function expectJvmSizes(name: string, histogram: string, dump: Uint8Array): Promise<void> {
  const heap = await analysed(dump)
  const comparison = compareWithJvm(heap, fixtureText(histogram))
  const { classes, arrays, different, differentEach } = comparison
  expect(classes.exact).toBeGreaterThanOrEqual(classes.compared * LEAST_EXACT)
  expect(arrays.compared).toBeGreaterThan(50)
  expect(page).toContain(tableRow(name, heap.snapshot.meta.layout, comparison))
  for (const className of [...different, ...differentEach]) expect(page).toContain(`- \`${className}\`: `)
}

function tableRow(name: string, layout: Layout, { classes, arrays, different }: Comparison): string {
  const headers = `${layout.references} ${layout.referenceSize}, headers ${layout.instanceHeader}/${layout.arrayHeader}`
  const compared = [classes, arrays].map(({ exact, compared: all }) => `${exact} of ${all}`)
  const others = different.map((className) => `\`${className}\``).join(', ')
  return `| ${name} | ${headers}, alignment ${layout.alignment} | ${compared.join(' | ')} | ${others || '–'} |`
}

/** Dumps of a folder with a histogram of nearly the same moment. */
function comparable(folder: string): { name: string; histogram: string; packed: string }[] {
  const names = readdirSync(folder).map((file) => file.replace(/\.hprof(\.gz|\.zst)?$/, ''))
  return [...new Set(names)].flatMap((name) => {
    const packed = packedPath(folder, name)
    const own = [`${name}.histo.txt`, `${name.replace(/-[a-z0-9]+$/, '')}-histo.txt`]
    const histogram = own.find((file) => existsSync(join(folder, file)))
    if (packed === undefined || histogram === undefined || NOT_OF_THE_SAME_MOMENT.test(name)) return []
    return [{ name, histogram, packed }]
  })
}

const small = comparable(dumpsFolder)
for (const { name, histogram, packed } of small)
  test(`${name} agrees with the JVM`, () => expectJvmSizes(name, histogram, unpack(packed)))

if (largeFixtures === undefined) testWithLarge('the large dumps agree with the JVM', () => {})
else
  for (const { name, histogram, packed } of comparable(join(largeFixtures, 'C-hprof')))
    if (!small.some((one) => one.name === name))
      testWithLarge(`${name} agrees with the JVM`, { timeout: 60_000 }, () =>
        expectJvmSizes(name, histogram, unpack(packed)),
      )
