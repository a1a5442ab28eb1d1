/** What is computed once per heap and then kept for as long as the heap is open: lists of hundreds to thousands of rows. */
import type { Heap } from './heap.ts'

export function remembered<T>(compute: (heap: Heap) => T): (heap: Heap) => T {
  const answers = new WeakMap<Heap, { readonly answer: T }>()
  return (heap) => {
    let kept = answers.get(heap)
    if (kept === undefined) {
      kept = { answer: compute(heap) }
      answers.set(heap, kept)
    }
    return kept.answer
  }
}
