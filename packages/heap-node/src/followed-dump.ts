/**
 * A dump that is read while it comes in: a process of its own makes the first pass over the bytes that are there, tells the
 * histogram so far, and goes on with the analysis when all of them are.
 */
import type { OnHistogram } from '@heaptrail/heap/provisional-histogram'
import { type AnalysisChild, startAnalysisChild } from './analysis-child.ts'

export type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'

export interface FollowedDump {
  /** So many bytes of it are in the file now. */
  arrived(bytes: number): void
  /** It has no more than so many. */
  whole(bytes: number): void
  /** The process, to be given the order for the rest, once; undefined when it ended or was given away. */
  take(): AnalysisChild | undefined
  /** Ends the process, unless it was given away. */
  stop(): Promise<void>
}

/** Telling a process costs a message: not more often than this. */
const TELL_MS = 50

export function followDump(dumpPath: string, onHistogram: OnHistogram): FollowedDump {
  const child = startAnalysisChild()
  let taken = false
  let latest = 0
  let timer: NodeJS.Timeout | undefined
  child.listen((message) => {
    if (message.kind === 'histogram') onHistogram(message.histogram)
  })
  child.send({ kind: 'follow', dumpPath })
  return {
    arrived(bytes) {
      latest = bytes
      timer ??= setTimeout(() => {
        timer = undefined
        child.send({ kind: 'arrived', bytes: latest, isWhole: false })
      }, TELL_MS)
    },
    whole(bytes) {
      clearTimeout(timer)
      child.send({ kind: 'arrived', bytes, isWhole: true })
    },
    take() {
      if (taken || child.isOver()) return undefined
      taken = true
      return child
    },
    async stop() {
      if (taken) return
      taken = true
      clearTimeout(timer)
      child.kill()
      await child.exited
    },
  }
}
