/** HPROF as Android writes it: version 1.0.3, further kinds of roots, arrays without their contents. */
import { corruptFiles } from '@heaptrail/fixtures/corrupt'
import type { Heap } from '@heaptrail/heap/query/heap'
import { QUESTIONS } from '@heaptrail/heap/query/questions'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { expect, test } from 'vitest'

async function heapOf(name: string): Promise<Heap> {
  const file = corruptFiles().find((one) => one.name === name)
  if (file === undefined) throw new Error(`there is no ${name}`)
  return analysed(file.bytes)
}

test('version 1.0.3 is read like 1.0.2', async () => {
  const [android, jvm] = [
    await heapOf('wrong-version-1.0.3-android.hprof'),
    await heapOf('ok-64bit-1.0.2-segments.hprof'),
  ]
  expect(android.snapshot.meta).toMatchObject({ format: 'JAVA PROFILE 1.0.3', notes: [] })
  expect(android.snapshot.meta.partial).toBeUndefined()
  expect(android.snapshot.meta.reachable).toEqual(jvm.snapshot.meta.reachable)
})

test('roots of kinds that only Android has are roots; one that says "unreachable" is none', async () => {
  const [android, jvm] = [await heapOf('android-subtags.hprof'), await heapOf('ok-64bit-1.0.2-segments.hprof')]
  const types = (heap: Heap) => new Map(heap.snapshot.meta.rootsByType.map(({ type, objects }) => [type, objects]))
  expect(android.snapshot.meta).toMatchObject({ notes: [] })
  expect(android.snapshot.meta.partial).toBeUndefined()
  // an interned string that a JNI monitor holds too, and one object that is being finalized, debugged and held by the VM
  expect(types(android).get('Unknown')).toBe((types(jvm).get('Unknown') ?? 0) + 2)
  expect(types(android).get('System Class')).toBe(types(jvm).get('System Class'))
})

test('an array without its contents has a length, and says that there is no more', async () => {
  const heap = await heapOf('android-subtags.hprof')
  const index = heap.snapshot.indexOf(0x7000n)
  expect(heap.snapshot.lengthOf(index)).toBe(5)
  expect(() => QUESTIONS.fields(heap, '0x7000', { offset: 0, limit: 5 })).toThrow(
    'The dump was written without the contents of this array.',
  )
})
