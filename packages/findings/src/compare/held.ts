/** What a suspect of one dump holds in another one, where it may be no finding. */
import type { ComparedSuspect } from '@heaptrail/api/compare'
import { fieldName } from '@heaptrail/api/finding-texts/heap-words'
import { type Known, type Lookup, keyOf, poolKeys } from './known.ts'
import { normalName } from './names.ts'
import type { Asked } from './side.ts'

export interface Held {
  readonly bytes: number
  /** From what holds it to what keeps that; empty where it is not known. */
  readonly path: ComparedSuspect['before']['path']
}

/** @param lookups of `side.heldThrough`, in the same order */
export function heldIn(side: Asked, known: Known, lookups: readonly Lookup[]): Held {
  const { parameters } = known.finding
  if ('allocator' in parameters) return poolIn(side, known, parameters.of)
  const { lookup } = known
  if (lookup !== undefined) {
    const held = side.heldThrough[lookups.findIndex((candidate) => keyOf(candidate) === keyOf(lookup))]
    return { bytes: held?.retained ?? 0, path: held?.path ?? [] }
  }
  const rows = side.histogram.filter(({ className }) => normalName(className) === known.items)
  return { bytes: rows.reduce((sum, { retained }) => sum + retained, 0), path: [] }
}

function poolIn(side: Asked, { signature }: Known, kind: 'heap' | 'direct'): Held {
  const pool = side.facts.netty.find(
    ({ culprit, allocator }) =>
      poolKeys(culprit === null ? allocator.className : fieldName(culprit), kind).signature === signature,
  )
  return { bytes: pool?.[kind].lost ?? 0, path: pool?.path ?? [] }
}
