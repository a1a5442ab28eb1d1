/**
 * What the walk looks at when it comes to an object: the parse's `heads`. The first number of a rank, which is EMPTY or more,
 * becomes VISITED − index when the object is visited.
 */
import { NO_REFERENCES } from '../parsed-heap.ts'

export type Visits = Int32Array
export const EMPTY = NO_REFERENCES
export const VISITED = -2

/** How many objects and arrays were visited, and how many references those have. */
export interface Walked {
  readonly reachable: number
  readonly arrays: number
  readonly references: number
}
