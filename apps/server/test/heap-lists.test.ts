/** Threads, GC roots, class loaders, properties and what is unreachable, over HTTP. */
import { ErrorBody } from '@heaptrail/api/errors'
import { ClassLoaders, DuplicateClasses, LoadedClasses } from '@heaptrail/api/heap-loaders'
import { JvmFacts, Properties } from '@heaptrail/api/heap-properties'
import { GcRoots, Unreachable } from '@heaptrail/api/heap-roots'
import { ThreadDump, ThreadStack, Threads } from '@heaptrail/api/heap-threads'
import { smallDump } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

async function openedDump(name: string): Promise<(question: string) => Promise<Response>> {
  const { url } = await startTestServer()
  const bytes = smallDump(name)
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: `${name}.hprof`, bytes })
  if (artifact === undefined) throw new Error('nothing came of the upload')
  return (question) => request(url, `/api/artifacts/${artifact.id}/heap/${question}`)
}

test('threads are found, their stacks told, and all of them written as a thread dump', async () => {
  const ask = await openedDump('threads-17')
  const query = 'threads?filter=%E4%B8%AD%E6%96%87&sort=locals&limit=2'
  const { total, rows, counts } = await expectAnswer(await ask(query), 200, Threads)
  expect([total, rows.map(({ name }) => name)]).toEqual([10, ['worker 中文 9', 'worker 中文 8']])
  expect(counts.live).toBe(25)
  const stack = await expectAnswer(await ask(`threads/${rows[0]?.object.id}`), 200, ThreadStack)
  expect(stack.frames.map(({ locals }) => locals.length)).toContain(1)
  expect((await expectAnswer(await ask('thread-dump'), 200, ThreadDump)).text).toContain('"deadlock-A"')
  await expectAnswer(await ask('threads/0x17'), 404, ErrorBody)
  await expectAnswer(await ask('threads?filter=/(/'), 400, ErrorBody)

  const roots = await expectAnswer(await ask('gc-roots?open=thread,system-class'), 200, GcRoots)
  expect(roots.counts).toEqual({ roots: 1438, records: 1594 })
  expect(roots.total).toBeGreaterThan(roots.rows.filter(({ kind }) => kind === 'type').length)
  await expectAnswer(await ask('gc-roots?open=Nonsense'), 400, ErrorBody)

  const properties = await expectAnswer(await ask('properties?filter=java.version&reveal=a&reveal=b'), 200, Properties)
  expect(properties.rows.map(({ name }) => name)).toContain('java.version')
  const facts = await expectAnswer(await ask('jvm'), 200, JvmFacts)
  expect(facts).toMatchObject({ version: '17.0.15', vmName: 'OpenJDK 64-Bit Server VM' })
  const lost = await expectAnswer(await ask('unreachable'), 200, Unreachable)
  expect(lost.sums).toEqual(lost.all)
})

test('class loaders are a tree, with their classes and those that several of them have', async () => {
  const ask = await openedDump('classloaders-17')
  const tree = await expectAnswer(await ask('class-loaders?sort=name&order=asc&limit=6'), 200, ClassLoaders)
  expect(tree.rows.map(({ level }) => level)).toEqual([1, 2, 2, 3, 4, 4])
  const plugin = tree.rows.at(-1)
  const loaded = await expectAnswer(await ask(`class-loaders/${plugin?.id}/classes`), 200, LoadedClasses)
  expect(loaded.rows).toMatchObject([{ className: 'scen.Plugin', loaders: 200 }])
  await expectAnswer(await ask('class-loaders/0x17/classes'), 404, ErrorBody)
  const duplicates = await expectAnswer(await ask('duplicate-classes'), 200, DuplicateClasses)
  const [{ key } = { key: '' }] = duplicates.rows.flatMap((row) => (row.kind === 'name' ? [row] : []))
  const opened = await expectAnswer(await ask(`duplicate-classes?open=${key}`), 200, DuplicateClasses)
  expect([duplicates.total, opened.total]).toEqual([1, 201])
})
