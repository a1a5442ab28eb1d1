/** What a heap remembers of the last questions, so that their next pages go on where they stopped. */
import type { LongPath } from './paths/long-path.ts'
import type { ScanValues } from './select-window.ts'

export interface PathSearch {
  /** Paths found so far, each from the object to its root; shortest first. */
  readonly paths: readonly LongPath[]
  /** There are no more. */
  readonly exhausted: boolean
  /** Searches until there are `count` paths, there are no more, or `mayContinue` says no, which is told how many references this call has followed. */
  findUpTo(count: number, mayContinue: (followed: number) => boolean): void
}

/** The sizes of all objects of a class. */
export interface ClassScan {
  readonly classNumber: number
  readonly scan: ScanValues
}
