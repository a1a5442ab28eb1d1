/** Small heaps with Netty's classes, as they are laid out from version to version. */
import { Scene, type SceneClass } from '@heaptrail/fixtures/scene'

export type Counting = 'plain' | 'doubled' | 'object'

export interface NettyScene {
  readonly scene: Scene
  /** @returns a value for the field `refCnt` that means so many references. */
  count(references: number): number
  readonly abstractBuffer: SceneClass
}

/** @param prefix of a program that moved Netty into a package of its own */
export function nettyScene(counting: Counting, prefix = ''): NettyScene {
  const scene = new Scene()
  const name = (className: string): string => `${prefix}io.netty.${className}`
  if (counting === 'doubled') scene.defineClass(name('util.internal.ReferenceCountUpdater'))
  const counter = scene.defineClass(name('util.internal.RefCnt'), { fields: { value: 'int' } })
  const abstractBuffer = scene.defineClass(name('buffer.AbstractReferenceCountedByteBuf'), {
    fields: { refCnt: counting === 'object' ? 'object' : 'int' },
  })
  return {
    scene,
    abstractBuffer,
    count(references) {
      if (counting === 'plain') return references
      const raw = references === 0 ? 1 : references * 2
      return counting === 'doubled' ? raw : scene.instance(counter, { value: raw })
    },
  }
}

export interface ChunkPlan {
  readonly chunkSize: number
  readonly freeBytes: number
  /** By first page: size and number of elements, which of them are given out, pages of the run. */
  readonly subpages?: Readonly<
    Record<number, { elementSize: number; elements: number; used: readonly number[]; pages: number }>
  >
}

export const PAGE = 8192

/** An allocator of Netty 4.1.52 or later with one heap arena whose chunks stand in `q050`. @returns ids of what was made */
export function addPool(
  scene: Scene,
  plans: readonly ChunkPlan[],
): { allocator: number; arena: number; chunks: number[] } {
  const subpage = scene.defineClass('io.netty.buffer.PoolSubpage', {
    fields: {
      bitmap: 'object',
      elemSize: 'int',
      maxNumElems: 'int',
      numAvail: 'int',
      runSize: 'int',
      doNotDestroy: 'boolean',
    },
  })
  const chunk = scene.defineClass('io.netty.buffer.PoolChunk', {
    fields: { next: 'object', subpages: 'object', chunkSize: 'int', freeBytes: 'int', pageSize: 'int' },
  })
  const list = scene.defineClass('io.netty.buffer.PoolChunkList', { fields: { head: 'object' } })
  const arena = scene.defineClass('io.netty.buffer.PoolArena$HeapArena', { fields: { q050: 'object' } })
  const allocator = scene.defineClass('io.netty.buffer.PooledByteBufAllocator', {
    fields: { heapArenas: 'object', directArenas: 'object' },
  })
  const chunks = plans.map(({ chunkSize, freeBytes, subpages = {} }) => {
    const places = Array.from({ length: chunkSize / PAGE }, (_, place) => {
      const plan = subpages[place]
      if (plan === undefined) return 0
      const bits = plan.used.reduce((sum, element) => sum | (1n << BigInt(element)), 0n)
      return scene.instance(subpage, {
        bitmap: scene.primitiveArray('long', [bits]),
        elemSize: plan.elementSize,
        maxNumElems: plan.elements,
        numAvail: plan.elements - plan.used.length,
        runSize: plan.pages * PAGE,
        doNotDestroy: 1,
      })
    })
    return scene.instance(chunk, { subpages: scene.objectArray(places), chunkSize, freeBytes, pageSize: PAGE })
  })
  chunks.forEach((id, place) => scene.set(id, 'next', chunks[place + 1] ?? 0))
  const arenaId = scene.instance(arena, { q050: scene.instance(list, { head: chunks[0] ?? 0 }) })
  const allocatorId = scene.instance(allocator, { heapArenas: scene.objectArray([arenaId]) })
  scene.keep(allocatorId)
  return { allocator: allocatorId, arena: arenaId, chunks }
}

/** What a buffer or a cache entry owns of a chunk: a run of pages, or an element of a subpage. */
export function runHandle(page: number, pages: number, element?: number): bigint {
  const run = (BigInt(page) << 49n) | (BigInt(pages) << 34n) | (1n << 33n)
  return element === undefined ? run : run | (1n << 32n) | BigInt(element)
}
