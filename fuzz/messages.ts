/** Between the process that counts and the one that works. */
import type { Target } from './inputs.ts'

export interface Batch {
  readonly from: number
  readonly count: number
  /** Tell every input before it begins: the batch did not come back last time. */
  readonly careful: boolean
}

/** `target outcome` → inputs. */
export type Counts = Record<string, number>

export interface Finding {
  readonly number: number
  readonly target: Target
  readonly base: string
  readonly message: string
  readonly bytes: Uint8Array
}

export type Reply =
  | { readonly kind: 'begins'; readonly number: number }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'done'; readonly counts: Counts; readonly memory: number }
