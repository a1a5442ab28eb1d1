/** Netty's classes, in their own package or moved into another one (shading). */
import type { Heap } from '../query/heap.ts'
import { superNames } from '../suspects/bounds.ts'

/** Class numbers of that name within Netty's packages, wherever those were moved to. */
export function nettyClasses(heap: Heap, name: string): number[] {
  return heap.classes.flatMap((type) => (isNetty(type.name, name) ? [type.number] : []))
}

/** @param name without Netty's package, `buffer.PoolChunk` */
export function isNetty(className: string, name: string): boolean {
  return className === `io.netty.${name}` || className.endsWith(`.io.netty.${name}`)
}

/** Classes with objects that are, or extend, that class. */
export function nettySubclasses(heap: Heap, name: string): number[] {
  return heap.classes.flatMap(({ number, instances }) =>
    instances > 0 && superNames(heap, number).some((superName) => isNetty(superName, name)) ? [number] : [],
  )
}

/** Reachable objects of exactly this class, at most so many. */
export function objectsOf(heap: Heap, classNumber: number, most: number): Iterable<number> {
  return heap.snapshot.objectsOfClass(classNumber, 0, Math.min(heap.classes[classNumber].instances, most))
}

const TOLD = ['buffer.PooledByteBufAllocator', 'buffer.AdaptiveByteBufAllocator', 'channel.ChannelOutboundBuffer']

/** It has an allocator or a connection, of which there is something to tell. */
export function holdsNetty(heap: Heap): boolean {
  return heap.classes.some(({ name, instances }) => instances > 0 && TOLD.some((told) => isNetty(name, told)))
}
