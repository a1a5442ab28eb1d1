import { type Random, seededRandom } from '@heaptrail/fixtures/random'
import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import type { Heap } from '../heap.ts'
import { stringText } from '../object/text.ts'
import { openHeap } from '../open-heap.ts'
import { analysed } from '../testing/analysed.ts'
import { duplicateStrings, surplusHolders } from './duplicate-strings.ts'
import { numberedContents } from './contents.ts'

const ALL = { filter: '', offset: 0, limit: 1000 }

const unitsOf = (text: string) => Array.from({ length: text.length }, (_, unit) => text.charCodeAt(unit))

/** Four orders of one city, two of which have the very same array; a name that is there once. */
function orders() {
  const scene = new Scene()
  const order = scene.defineClass('acme.Order', { fields: { city: 'object', name: 'object' } })
  const [first, second] = [scene.string('Ulm on the Danube'), scene.string('Ulm on the Danube')]
  const value = scene.primitiveArray('byte', unitsOf('Ulm on the Danube'))
  const third = scene.instance(scene.class('java.lang.String'), { value })
  const fourth = scene.instance(scene.class('java.lang.String'), { value })
  for (const city of [first, second, third, fourth])
    scene.keep(scene.instance(order, { city, name: scene.string(`name ${city}`) }))
  scene.keep(scene.string('Ünï'))
  return scene
}

test('a text that several strings have: how many, what is freed with the surplus, and who holds them', async () => {
  const scene = orders()
  const heap = await analysed(scene.bytes())
  const { rows, sums, texts } = duplicateStrings(heap, ALL)
  // 24 bytes for each of three strings; of three arrays of 16 + 17 bytes one stays.
  expect(rows).toMatchObject([
    { text: 'Ulm on the Danube', length: 17, strings: 4, bytes: 3 * 24 + 2 * 40, arrayBytes: 2 * 40 },
  ])
  expect(rows[0]?.holders).toMatchObject([
    { holder: { className: 'acme.Order' }, field: { kind: 'field', name: 'city' }, strings: 4 },
  ])
  expect([texts, sums]).toEqual([1, { strings: 9, distinct: 6, surplus: 3, bytes: 152, arrayBytes: 80 }])
  expect(surplusHolders(heap, ALL).rows).toMatchObject([
    { holder: { className: 'acme.Order' }, field: { name: 'city' }, strings: 3, bytes: 152, estimated: false },
  ])
  expect(surplusHolders(heap, { ...ALL, filter: '!order#ci' }).rows).toEqual([])
  expect(duplicateStrings(heap, { ...ALL, filter: 'danube' }).total).toBe(1)
})

test('an array that something besides strings refers to is not freed', async () => {
  const scene = new Scene()
  for (let count = 0; count < 2; count++) {
    const value = scene.primitiveArray('byte', [104, 105])
    scene.keep(scene.instance(scene.class('java.lang.String'), { value }))
    scene.keep(value)
  }
  const heap = await analysed(scene.bytes())
  expect(duplicateStrings(heap, ALL).rows).toMatchObject([{ text: 'hi', strings: 2, bytes: 24, arrayBytes: 0 }])
})

test('strings of Java 6 that share an array are equal where their parts of it are', async () => {
  const scene = new Scene({ identifierSize: 4 })
  const type = scene.defineClass('acme.Name', { fields: { text: 'object' } })
  const string = scene.class('java.lang.String')
  string.fields.splice(0, 3, ...(['offset', 'count'] as const).map((name) => ({ name, type: 'int' as const })))
  string.fields.unshift({ name: 'value', type: 'object' })
  const value = scene.primitiveArray('char', unitsOf('abcabc'))
  for (const [offset, count] of [
    [0, 3],
    [3, 3],
    [0, 6],
  ] as const)
    scene.keep(scene.instance(type, { text: scene.instance(string, { value, offset, count }) }))
  const heap = await analysed(scene.bytes())
  const size = heap.classes.find(({ name }) => name === 'java.lang.String')?.instanceSize
  expect(duplicateStrings(heap, ALL).rows).toMatchObject([{ text: 'abc', strings: 2, bytes: size, arrayBytes: 0 }])
})

test('without the dump there are no texts', async () => {
  const { snapshot } = await analysed(orders().bytes())
  expect(() => duplicateStrings(openHeap(snapshot, undefined), ALL)).toThrow('The dump was deleted')
})

test('in any heap, what is freed is what is gone when all references lead to the first string of a text', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const heap = await analysed(randomTexts(seededRandom(seed)).bytes())
    const { rows, sums } = duplicateStrings(heap, ALL)
    const byHand = freedByHand(heap)
    expect([seed, sums.bytes, sums.surplus]).toEqual([seed, byHand.bytes, byHand.surplus])
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sums.bytes)
    expect(rows.map(({ text, strings }) => [text, strings])).toEqual(expect.arrayContaining(byHand.repeated))
    expect(surplusHolders(heap, ALL).rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sums.bytes)
  }
})

test('contents have the same number exactly when their bytes are the same', () => {
  const contents = numberedContents()
  const random = seededRandom(7)
  const numbers = new Map<string, number>()
  for (let round = 0; round < 60_000; round++) {
    const bytes = Uint8Array.from({ length: random.below(4) }, () => random.below(40))
    contents.begin()
    contents.add(new DataView(bytes.buffer), 0, bytes.length)
    const number = contents.end(bytes.length)
    const key = bytes.join()
    expect(number).toBe(numbers.get(key) ?? numbers.size)
    numbers.set(key, number)
  }
  expect(contents.count()).toBe(numbers.size)
})

/** Strings of few texts, some of which share arrays; arrays that others hold too; strings that nobody holds. */
function randomTexts(random: Random): Scene {
  const scene = new Scene({ segmentBytes: random.pick([64, 1000]) })
  const holder = scene.defineClass('acme.Holder', { fields: { text: 'object', bytes: 'object', other: 'object' } })
  const arrays: number[] = []
  const strings = Array.from({ length: 1 + random.below(80) }, () => {
    if (arrays.length > 0 && random.chance(0.2))
      return scene.instance(scene.class('java.lang.String'), { value: random.pick(arrays) })
    const text = random.pick(['', 'a', 'ab', 'Ā', 'a longer text of thirty bytes', 'ḁ', `n${random.below(5)}`])
    const id = scene.string(text)
    const made = scene.objects.at(-1)
    if (made?.kind === 'instance' && made.values['coder'] === 0) arrays.push(Number(made.values['value']))
    return id
  })
  for (const text of strings) {
    if (random.chance(0.1)) continue
    const bytes = random.chance(0.1) ? random.pick(arrays.length > 0 ? arrays : [0]) : 0
    const id = scene.instance(holder, { text, bytes, other: random.chance(0.2) ? random.pick(strings) : 0 })
    if (random.chance(0.9)) scene.keep(id)
    if (random.chance(0.05)) scene.keep(text)
    if (bytes !== 0 && random.chance(0.3)) scene.keep(bytes)
  }
  return scene
}

/** What is reachable when every string stands for the first of its text, object by object. */
function freedByHand(heap: Heap) {
  const { snapshot } = heap
  const firstOf = new Map<string, number>()
  const counts = new Map<string, number>()
  const stands = new Map<number, number>()
  for (let index = 1; index <= snapshot.reachableCount; index++) {
    const text = stringText(heap, index, 1000)?.text
    if (text === undefined || heap.classes[snapshot.classOf(index)].name !== 'java.lang.String') continue
    counts.set(text, (counts.get(text) ?? 0) + 1)
    if (!firstOf.has(text)) firstOf.set(text, index)
    stands.set(index, firstOf.get(text) ?? index)
  }
  const seen = new Set<number>()
  const visit = (index: number): void => {
    const at = stands.get(index) ?? index
    if (seen.has(at)) return
    seen.add(at)
    snapshot.outgoing(at).forEach(visit)
  }
  for (let index = 1; index <= snapshot.reachableCount; index++) if (snapshot.isRoot(index)) visit(index)
  const left = [...seen].reduce((sum, index) => sum + snapshot.shallowSize(index), 0)
  return {
    bytes: snapshot.meta.reachable.bytes - left,
    surplus: stands.size - firstOf.size,
    repeated: [...counts].filter(([, count]) => count > 1),
  }
}
