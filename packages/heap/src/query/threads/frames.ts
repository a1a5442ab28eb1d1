/** Frames of a stack as texts: `acme.Shop.main(Shop.java:3)`. */
import type { Heap } from '../heap.ts'

/** Whether the method is of a class of the user's own code. */
export function isOwnFrame(heap: Heap, frame: string): boolean {
  const number = heap.facts.numberOf(classOfFrame(frame))
  return number >= 0 && heap.ownCode.isOwn(number)
}

function classOfFrame(frame: string): string {
  const method = frame.split('(', 1)[0]
  return method.slice(0, Math.max(0, method.lastIndexOf('.')))
}
