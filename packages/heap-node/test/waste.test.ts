/** What is wasted in dumps of real JVMs whose programs made known numbers of strings, collections and arrays. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { stringText } from '@heaptrail/heap/query/object/text'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { arrayFill } from '@heaptrail/heap/query/waste/array-fill'
import { collectionFill } from '@heaptrail/heap/query/waste/collection-fill'
import { duplicateStrings } from '@heaptrail/heap/query/waste/duplicate-strings'
import { expect, test } from 'vitest'

const ALL = { filter: '', offset: 0, limit: 1000 }

test('texts that were made 40,000 times and less often, Latin-1 and not, beside the literal of each', async () => {
  const { rows } = duplicateStrings(await analysed(smallDump('strings-17')), { ...ALL, limit: 4 })
  expect(rows.map(({ text, strings, bytes }) => [text, strings, bytes])).toEqual([
    // A string of 24 bytes, and an array of 16 and one or two for each character, as a multiple of 8.
    ['status=ACTIVE;region=eu-west-1', 40_001, 40_000 * 72],
    ['推送消息：您有一条新通知', 20_001, 20_000 * 64],
    ['emoji 😀👨‍👩 fin', 10_001, 10_000 * 80],
    ['naïve café Straße', 5001, 5000 * 64],
  ])
})

test('collections that were made with too much room, and arrays of zeros', async () => {
  const heap = await analysed(smallDump('collections-17'))
  const collections = new Map(collectionFill(heap, ALL).rows.map((row) => [row.className, row]))
  // With room for 64 each: 32 bytes, and 272 for the array.
  expect(collections.get('java.util.Vector')).toMatchObject({
    objects: 1000,
    empty: 1000,
    emptyBytes: 1000 * (32 + 272),
  })
  // 2000 empty ones with room for 1000: 24 bytes each, and 4016 for the array; 3000 with one member and room for 100.
  const list = collections.get('java.util.ArrayList')
  expect(list?.empty).toBeGreaterThanOrEqual(2000)
  expect(list?.emptyBytes).toBeGreaterThanOrEqual(2000 * (24 + 4016))
  expect(list?.slackBytes).toBeGreaterThanOrEqual(3000 * (416 - 24))
  const bytes = arrayFill(heap, ALL).rows.find(({ className }) => className === 'byte[]')
  expect(bytes?.emptyBytes).toBeGreaterThanOrEqual(500_016 + 100 * 4112)
})

test.for(['mix-17-Z', 'kinds-25-g1', 'jcmd-17-live'])(
  'strings of %s are as many as one by one, whatever their order in the file',
  async (name) => {
    const heap = await analysed(smallDump(name))
    const { snapshot } = heap
    const texts = new Map<string, number>()
    let strings = 0
    for (let index = 1; index <= snapshot.reachableCount; index++) {
      const isString = heap.classes[snapshot.classOf(index)].name === 'java.lang.String'
      const text =
        isString && snapshot.classNumberOfObject(index) < 0 ? stringText(heap, index, 2 ** 30)?.text : undefined
      if (text === undefined) continue
      strings++
      texts.set(text, (texts.get(text) ?? 0) + 1)
    }
    const { sums, texts: repeated } = duplicateStrings(heap, ALL)
    expect([sums.strings, sums.distinct, sums.surplus]).toEqual([strings, texts.size, strings - texts.size])
    expect(repeated).toBe([...texts.values()].filter((count) => count > 1).length)
  },
)
