/** Opens a heap for questions. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { classFacts } from './class-facts.ts'
import type { Heap } from './heap.ts'
import { mainClassName } from './own-code/main-class.ts'
import { type OwnCode, chosenOwnCode, learnOwnCode } from './own-code/own-code.ts'

/**
 * @param dump the very dump that the snapshot was made from; every read checks that it is.
 * @param ownPackages whose code is the user's own, as prefixes; undefined: it is learned from the heap.
 */
export function openHeap(snapshot: Snapshot, dump: ByteSource | undefined, ownPackages?: readonly string[]): Heap {
  const classes = snapshot.classes()
  const facts = classFacts(snapshot)
  let ownCode: OwnCode | undefined
  const heap: Heap = {
    snapshot,
    dump,
    classes,
    facts,
    // Learned on first use: a histogram does not wait for it when nobody asks.
    get ownCode() {
      ownCode ??=
        ownPackages === undefined
          ? learnOwnCode(classes, mainClassName(heap), allFrames(snapshot))
          : chosenOwnCode(classes, ownPackages)
      return ownCode
    },
    lastPathSearch: undefined,
    lastClassScan: undefined,
    lastTreeFilter: undefined,
    lastListed: undefined,
    lastGrouping: undefined,
    lastMerged: undefined,
  }
  return heap
}

/** More threads than this teach nothing new about whose code it is. */
const MOST_THREADS = 2000

function allFrames(snapshot: Snapshot): (readonly string[])[] {
  const count = Math.min(snapshot.threadCount(), MOST_THREADS)
  return Array.from({ length: count }, (_, position) => snapshot.thread(position).frames)
}
