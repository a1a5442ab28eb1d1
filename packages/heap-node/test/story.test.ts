/** The leak of Netty buffers, as MAT showed it: what keeps an arena alive. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { dominators } from '@heaptrail/heap/query/dominators/dominators'
import type { Heap } from '@heaptrail/heap/query/heap'
import { histogram } from '@heaptrail/heap/query/classes/histogram'
import type { Path, ReferenceStrength } from '@heaptrail/heap/query/messages'
import { pathsToRoots } from '@heaptrail/heap/query/paths/paths'
import { summary } from '@heaptrail/heap/query/lists/summary'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { expect, test } from 'vitest'

const ARENA = 'io.netty.buffer.PoolArena$HeapArena'

async function story(): Promise<Heap> {
  return analysed(smallDump('small-leaky'))
}

function pathsOf(heap: Heap, id: string, exclude: readonly ReferenceStrength[]): string[][] {
  return pathsToRoots(heap, id, { offset: 0, limit: 10, exclude }).rows.map((path) => path.steps.map(stepText))
}

function stepText({ object, edges }: Path['steps'][number]): string {
  const name = object.label.kind === 'class' ? object.label.name : object.className
  return [edges.map((edge) => edge.name).join(), name].filter((part) => part !== '').join(' of ')
}

const THROUGH_STATIC = [
  ARENA,
  expect.stringMatching(/^\[\d\] of io\.netty\.buffer\.PoolArena\[\]$/),
  'heapArenas of io.netty.buffer.PooledByteBufAllocator',
  'bufPool of demo.redis.Utils',
  '[153] of java.lang.Object[]',
  'elementData of java.util.ArrayList',
  'classes of jdk.internal.loader.ClassLoaders$AppClassLoader',
]

test('four arenas hold most of the heap, and byte[] is first in the histogram', async () => {
  const heap = await story()
  const top = dominators(heap, { offset: 0, limit: 4 }).rows
  expect(top.map((row) => [row.className, row.retained])).toEqual([
    [ARENA, 14_434_088],
    [ARENA, 14_434_088],
    [ARENA, 14_434_088],
    [ARENA, 14_433_224],
  ])
  const [first] = histogram(heap, { offset: 0, limit: 1, sort: 'retained', order: 'desc', filter: '' }).rows
  expect(first.className).toBe('byte[]')
  expect(summary(heap).ownPackages).toEqual(['demo'])
})

test('with all references the shortest path runs through a finalizer, the static field is among the next', async () => {
  const heap = await story()
  for (const { id } of dominators(heap, { offset: 0, limit: 4 }).rows) {
    const paths = pathsOf(heap, id, [])
    // Of equally short ones, any may be first.
    expect(paths[0]).toContain('referent of java.lang.ref.Finalizer')
    expect(paths[0].length).toBeLessThanOrEqual(THROUGH_STATIC.length)
    expect(paths).toContainEqual(THROUGH_STATIC)
  }
})

test('without weak, soft, phantom and finalizer references the static field of own code is first', async () => {
  const heap = await story()
  for (const { id } of dominators(heap, { offset: 0, limit: 4 }).rows) {
    expect(pathsOf(heap, id, ['weak', 'soft', 'phantom', 'finalizer'])[0]).toEqual(THROUGH_STATIC)
    const [path] = pathsToRoots(heap, id, {
      offset: 0,
      limit: 1,
      exclude: ['weak', 'soft', 'phantom', 'finalizer'],
    }).rows
    expect(path.firstOwn).toBe(3)
    expect(path.root.types).toEqual(['JNI Global'])
  }
})
