/** The limits that docs/engine.md names, where no other test comes near them: each is told, none is silent. */
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { hprofBytes } from '@heaptrail/hprof/writer'
import { expect, test } from 'vitest'
import { parseHeap } from './parse/parse-heap.ts'
import { type PassRunner, inlineRunner } from './parse/pass-runner.ts'
import { buildSnapshot } from './snapshot/build.ts'
import { openSnapshot } from './snapshot/open.ts'
import { memorySink } from './snapshot/sink.ts'

const SMALL = heapFromText('root -> A\nA -> B').bytes

/** The outcome for a small dump whose passes count as `change` has it. */
function parseWith(change: (runner: PassRunner) => Partial<PassRunner>): Promise<unknown> {
  const source = bytesSource(SMALL)
  const runner = inlineRunner(source)
  return parseHeap(source, { ...runner, ...change(runner) }, () => {})
}

test('a dump of more than a TiB is refused', async () => {
  const source = { ...bytesSource(SMALL), size: 2 ** 40 + 1 }
  await expect(parseHeap(source, inlineRunner(source), () => {})).rejects.toThrow(
    'The dump has 1099511627777 bytes; at most 1 TiB can be read.',
  )
})

test('more objects than 31 bits can number are refused', async () => {
  const outcome = parseWith(({ scan }) => ({
    scan: async (input, report) => (await scan(input, report)).map((part) => ({ ...part, objects: 2 ** 31 - 1 })),
  }))
  await expect(outcome).rejects.toThrow('The dump has 2147483647 objects; at most 2,147,483,646 can be read.')
})

test('more places of references than 31 bits can number are refused', async () => {
  const outcome = parseWith(({ readReferences }) => ({
    readReferences(input, report) {
      // blocks of 1,024 places that other references took
      Atomics.add(input.columns.blocks, 0, 2 ** 21 + 1)
      const columns = { ...input.columns, blocks: new Int32Array(1) }
      return readReferences({ ...input, columns }, report)
    },
  }))
  await expect(outcome).rejects.toThrow('The dump has too many references: at most about 2147483648 can be read.')
})

test.each([65_536, 65_600])('of %i classes each object has its own', { timeout: 60_000 }, async (classes) => {
  const first = 0x1000
  const objects = 0x1000_0000
  const bytes = hprofBytes((writer) => {
    for (let i = 0; i < classes; i++) writer.classDump({ id: first + i * 8, fields: [] })
    for (let i = 0; i < classes; i += 13) writer.instance(objects + i * 16, first + i * 8, [])
    writer.instance(objects + classes * 16, first + (classes - 1) * 8, [])
    writer.end()
  })
  const source = bytesSource(bytes)
  const sink = memorySink()
  buildSnapshot(await parseHeap(source, inlineRunner(source), () => {}), sink)
  const snapshot = openSnapshot(bytesSource(sink.bytes()))
  const classOf = (id: number): bigint => snapshot.classes()[snapshot.classOf(snapshot.indexOf(BigInt(id)))].id
  for (let i = 0; i < classes; i += 13) expect(classOf(objects + i * 16)).toBe(BigInt(first + i * 8))
  expect(classOf(objects + classes * 16)).toBe(BigInt(first + (classes - 1) * 8))
  expect(snapshot.classes().length).toBeGreaterThanOrEqual(classes)
})
