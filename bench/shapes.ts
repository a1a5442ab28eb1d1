/** Three shapes of any size that break algorithms which are not linear. */
import { HeapBuilder } from './heap-builder.ts'

export const SHAPES = ['chain', 'star', 'array'] as const
export type Shape = (typeof SHAPES)[number]

/**
 * - `chain`: n nodes, each refers to the next, and an array to every one of them;
 * - `star`: an array of n nodes that all refer to one;
 * - `array`: one array of n elements that refer to n / 10 objects, each of them ten times.
 */
export function writeShape(write: (bytes: Uint8Array) => void, shape: Shape, n: number): void {
  const heap = new HeapBuilder(write)
  const objects = heap.klass('[Ljava.lang.Object;', {})
  const node = heap.klass('shape.Node', { next: 'object' })
  const count = shape === 'array' ? Math.ceil(n / 10) : n
  const ids = new Float64Array(count)
  const shared = heap.instance(node, 0)
  let last = shared
  for (let index = 0; index < count; index++) {
    ids[index] = heap.instance(node, shape === 'chain' ? last : shared)
    last = ids[index]
  }
  const array = heap.longReferences(objects, n, (index) => ids[index % count])
  for (const id of [array, last]) heap.writer.root({ type: 'jni-global', id })
  for (const { id } of [node, objects]) heap.writer.root({ type: 'sticky-class', id })
  heap.writer.end()
}
