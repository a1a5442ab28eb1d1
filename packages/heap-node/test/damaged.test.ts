/** Dumps with flipped bytes: they are refused, or every question about every object is answered or says what is missing. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { smallDump } from '@heaptrail/fixtures/packed'
import { seededRandom } from '@heaptrail/fixtures/random'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { QUESTIONS } from '@heaptrail/heap/query/questions'
import { QueryError } from '@heaptrail/heap/query/query-error'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { HprofError } from '@heaptrail/hprof/errors'
import { expect, test } from 'vitest'

const WINDOW = { offset: 0, limit: 20 }
const DUMPS = 150
/** Objects of each dump that are asked about. */
const ASKED = 10

async function analysedUnlessRefused(bytes: Uint8Array): Promise<Heap | undefined> {
  try {
    return await analysed(bytes, { cacheBytes: 1 << 18 })
  } catch (error) {
    if (error instanceof HprofError) return undefined
    throw error
  }
}

/** @returns whether the answer is one; throws what is no answer. */
function isAnswered(ask: () => unknown): boolean {
  try {
    return ask() !== undefined
  } catch (error) {
    if (error instanceof QueryError) return false
    throw error
  }
}

function askEverything(heap: Heap): void {
  expect(isAnswered(() => QUESTIONS.summary(heap))).toBe(true)
  expect(isAnswered(() => QUESTIONS.histogram(heap, { ...WINDOW, sort: 'retained', order: 'desc', filter: '' }))).toBe(
    true,
  )
  for (const type of heap.classes)
    isAnswered(() => QUESTIONS.objectsOfClass(heap, { ...WINDOW, classId: printId(type.id) }))
  const step = Math.max(1, Math.floor(heap.snapshot.objectCount / ASKED))
  for (let index = 1; index <= heap.snapshot.objectCount; index += step) {
    const id = printId(heap.snapshot.idOf(index))
    expect(isAnswered(() => QUESTIONS.objectDetail(heap, id))).toBe(true)
    isAnswered(() => QUESTIONS.fields(heap, id, WINDOW))
    expect(isAnswered(() => QUESTIONS.references(heap, id, 'incoming', WINDOW))).toBe(true)
    expect(isAnswered(() => QUESTIONS.references(heap, id, 'outgoing', WINDOW))).toBe(true)
    expect(isAnswered(() => QUESTIONS.dominators(heap, { ...WINDOW, parent: id }))).toBe(true)
    expect(isAnswered(() => QUESTIONS.dominatorAncestors(heap, id))).toBe(true)
    expect(isAnswered(() => QUESTIONS.paths(heap, id, { ...WINDOW, exclude: [] }))).toBe(true)
    expect(isAnswered(() => QUESTIONS.paths(heap, id, { ...WINDOW, exclude: ['weak'] }))).toBe(true)
  }
}

test('random heaps with a few bytes flipped', { timeout: 60_000 }, async () => {
  let refused = 0
  for (let seed = 0; seed < DUMPS; seed++) {
    const random = seededRandom(seed)
    const bytes = randomHeap(seed).bytes()
    for (let left = 1 + random.below(4); left > 0; left--)
      bytes[31 + random.below(bytes.length - 31)] ^= 1 << random.below(8)
    const heap = await analysedUnlessRefused(bytes)
    if (heap === undefined) refused++
    else askEverything(heap)
  }
  expect(refused).toBeLessThan(DUMPS / 2)
})

test.each([0.6, 0.9])('a dump of a JVM that is cut off at %f of its length keeps every object it has', async (part) => {
  const whole = smallDump('known-17')
  const { snapshot } = await analysed(whole.subarray(0, Math.floor(whole.length * part)))
  expect(snapshot.meta.partial?.message).toMatch(/^The file ends at byte \d+/)
  expect(snapshot.reachableCount).toBe(snapshot.objectCount)
  expect(snapshot.objectCount).toBeGreaterThan(2000)
})

testWithLarge('the damaged dumps of the large set', async () => {
  const folder = join(largeFixtures ?? '', 'D-corrupt')
  const files = readdirSync(folder).filter((file) => file.endsWith('.hprof'))
  const heaps = []
  for (const file of files) {
    const heap = await analysedUnlessRefused(readFileSync(join(folder, file)))
    if (heap === undefined) continue
    askEverything(heap)
    heaps.push(file)
  }
  expect(heaps).toEqual(
    expect.arrayContaining(['superclass-loop.hprof', 'instance-data-too-short.hprof', 'android-subtags.hprof']),
  )
})
