/** Contents as real JVMs write them. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { objectDetail } from '@heaptrail/heap/query/object/detail'
import { fields } from '@heaptrail/heap/query/object/fields'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { histogram } from '@heaptrail/heap/query/classes/histogram'
import { objectsOfClass } from '@heaptrail/heap/query/classes/objects-of-class'
import { summary } from '@heaptrail/heap/query/lists/summary'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { threadStack } from '@heaptrail/heap/query/threads/thread-stack'
import { expect, test } from 'vitest'

function idOfClass(heap: Heap, name: string): string {
  return printId(heap.classes[heap.facts.numberOf(name)].id)
}

/** Labels of objects of a class as text. */
function labels(heap: Heap, className: string, limit = 1000): string[] {
  return objectsOfClass(heap, { classId: idOfClass(heap, className), offset: 0, limit }).rows.map(({ label }) => {
    if ('name' in label) return label.name
    return 'text' in label ? label.text : label.kind
  })
}

function fieldTexts(heap: Heap, id: string): string[] {
  return fields(heap, id, { offset: 0, limit: 1000 }).rows.map(
    ({ name, value }) => `${name}=${value.kind === 'primitive' ? value.text : value.kind}`,
  )
}

test('strings: Latin-1, UTF-16, very long ones', { timeout: 60_000 }, async () => {
  const heap = await analysed(smallDump('strings-17'))
  const texts = labels(heap, 'java.lang.String', 100_000)
  const count = (wanted: string): number => texts.filter((text) => text === wanted).length
  // Each beside the constant that it was copied from.
  expect(count('status=ACTIVE;region=eu-west-1')).toBe(40_001)
  expect(count('推送消息：您有一条新通知')).toBe(20_001)
  expect(texts).toContain('naïve café Straße')
  expect(texts.filter((text) => /^x+$/.test(text) && text.length === 200)).toHaveLength(1)
  const [longest] = objectsOfClass(heap, { classId: idOfClass(heap, 'java.lang.String'), offset: 0, limit: 1 }).rows
  expect(longest.label).toMatchObject({ kind: 'string', length: 1_000_000 })
  expect(objectDetail(heap, longest.id)).toMatchObject({
    text: 'x'.repeat(100_000),
    characters: { count: 1_000_000, coder: 'latin-1' },
  })
})

test('values of every primitive type, shadowed fields and statics', async () => {
  const heap = await analysed(smallDump('kinds-25-g1'))
  const [object] = objectsOfClass(heap, {
    classId: idOfClass(heap, 'scen.Scenarios$SubPrims'),
    offset: 0,
    limit: 1,
  }).rows
  expect(fieldTexts(heap, object.id)).toEqual([
    'i=42',
    'sub=reference',
    'zT=true',
    'zF=false',
    'b=-128',
    'c=中',
    's=-32768',
    'i=-2147483648',
    'l=-9223372036854775808',
    'f=3.1415927',
    'd=2.718281828459045',
    'fNaN=NaN',
    'dInf=-Infinity',
    'b2=127',
    'c2=A',
    's2=32767',
    'i2=2147483647',
    'l2=81985529216486895',
    'str=reference',
    'nul=null',
    'ia=reference',
  ])
  const statics = fieldTexts(heap, idOfClass(heap, 'scen.Scenarios$SubPrims'))
  expect(statics).toEqual(
    expect.arrayContaining(['stI=77', 'stL=-1', 'stC=ß', 'stD=2.5', 'stF=-0.5', 'stS=-3', 'stB=9']),
  )
})

test('threads by name, with their stacks and locals', async () => {
  const heap = await analysed(smallDump('threads-17'))
  const names = labels(heap, 'java.lang.Thread')
  expect(names).toEqual(expect.arrayContaining(['main', 'deadlock-A', 'deadlock-B', 'lock-owner']))
  const rows = objectsOfClass(heap, { classId: idOfClass(heap, 'java.lang.Thread'), offset: 0, limit: 100 }).rows
  const deep = rows.find(({ label }) => label.kind === 'thread' && label.name === 'deep-stack')
  const { frames } = threadStack(heap, deep?.id ?? '')
  expect(frames.length).toBeGreaterThanOrEqual(500)
  expect(frames.at(-1)?.text).toContain('java.lang.Thread.run')
  expect(objectDetail(heap, deep?.id ?? '').stackFrames).toBe(frames.length)
})

test('five hundred virtual threads are roots with locals of their own', async () => {
  const heap = await analysed(smallDump('vthreads-25'))
  const { rows } = objectsOfClass(heap, { classId: idOfClass(heap, 'java.lang.VirtualThread'), offset: 0, limit: 1000 })
  expect(rows.length).toBeGreaterThanOrEqual(500)
  expect(rows.filter((row) => row.retained > 3000).length).toBeGreaterThanOrEqual(500)
})

test('the JVM, the main class and the collector’s addresses do not matter', async () => {
  for (const name of ['known-17', 'known-25-coh', 'known-17-nocoops', 'mix-17-Z']) {
    const { jvm, ownPackages } = summary(await analysed(smallDump(name)))
    expect(jvm, name).toMatch(name.includes('-25') ? /^25.*Server VM/ : /^17.*Server VM/)
    expect(ownPackages, name).toEqual(['scen'])
  }
})

test('two classes of one name are kept apart by their loaders', async () => {
  const heap = await analysed(smallDump('kinds-17-g1'))
  const { rows } = histogram(heap, { offset: 0, limit: 1000, sort: 'class', order: 'asc', filter: 'scen.' })
  expect(new Set(rows.map((row) => row.classId)).size).toBe(rows.length)
  expect(rows.every((row) => row.own)).toBe(true)
  expect(rows[0].loader?.label).toEqual({ kind: 'class-loader', name: 'app' })
})
