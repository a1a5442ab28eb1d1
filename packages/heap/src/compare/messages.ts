/** What two dumps say together. */
import type { EdgeName, HeapObject } from '../query/messages.ts'

/**
 * `kept`: ids can be compared. `moved`: one process, but its objects have new addresses. `other-process`: two processes.
 * `unknown`: one of these two, and nothing tells which.
 */
export type IdentityVerdict = 'kept' | 'moved' | 'other-process' | 'unknown'

export interface Identity {
  verdict: IdentityVerdict
  /** It is one process beyond doubt (or, `other-process`, it is not); otherwise that follows from the addresses. */
  certain: boolean
  /** Class objects that are known in both dumps by name and loader, and how many of them have the same id. */
  witnesses: number
  stayed: number
  /** Reachable objects with the same id and class in both; with the same id and another class. */
  sameClass: number
  otherClass: number
  /** Of `sameClass` so many are expected to be others of the same class at an address that was used again. */
  byChance: number
}

export interface KeptObjects {
  identity: Identity
  /** By class name, empty unless ids can be compared: objects that are in both dumps. */
  classes: { className: string; kept: number }[]
}

export interface HeldThrough {
  /** Objects that the fields refer to, each once. */
  objects: number
  /** Sum of their retained sizes. */
  retained: number
  /** From the one that retains most to what keeps it; empty when the fields hold nothing. */
  path: { object: HeapObject; edges: EdgeName[] }[]
}

/** Of all reachable objects of the classes of one name; retained is the minimum. */
export interface ClassTotals {
  objects: number
  shallow: number
  retained: number
}
