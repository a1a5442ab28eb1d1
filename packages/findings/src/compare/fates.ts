/** What became of each suspect from one dump to the other. */
import type { ComparedSuspect, SuspectFate } from '@heaptrail/api/compare'
import { fieldName } from '@heaptrail/api/finding-texts/heap-words'
import { type Known, type Lookup, keyOf, poolKeys } from './known.ts'
import { normalName } from './names.ts'
import type { Side } from './side.ts'

interface Found {
  readonly side: Side
  readonly known: readonly Known[]
}

/** Of what was held so much may be left: pools and caches are never empty. */
const LEFT_WHEN_FIXED = 0.25
const LEFT_WHEN_SMALLER = 0.75
const GROWN = 1.33
/** As much of the same somewhere else is the same leak at another place. */
const MOVED = 0.5

/** The worst first: new, grown, not fixed, moved, smaller, fixed; and then by size. */
const ORDER: readonly SuspectFate[] = ['new', 'grown', 'not-fixed', 'moved', 'smaller', 'fixed']

export function comparedSuspects(before: Found, after: Found, lookups: readonly Lookup[]): ComparedSuspect[] {
  const signatures = new Set([...before.known, ...after.known].filter(isGrave).map(({ signature }) => signature))
  const compared = [...signatures].flatMap((signature) => comparedOne(signature, before, after, lookups) ?? [])
  return compared
    .map((suspect) => withMove(suspect, compared))
    .toSorted((a, b) => ORDER.indexOf(a.fate) - ORDER.indexOf(b.fate) || sizeOf(b) - sizeOf(a))
}

function isGrave({ finding }: Known): boolean {
  return finding.severity !== 'info'
}

function sizeOf({ before, after }: ComparedSuspect): number {
  return Math.max(before.bytes, after.bytes)
}

function comparedOne(
  signature: string,
  before: Found,
  after: Found,
  lookups: readonly Lookup[],
): ComparedSuspect | undefined {
  const here = (found: Found): Known | undefined => found.known.find((known) => known.signature === signature)
  const old = here(before)
  const now = here(after)
  const either = old ?? now
  if (either === undefined) return undefined
  const bytesBefore = old?.bytes ?? bytesIn(before.side, either, lookups)
  const bytesAfter = now?.bytes ?? bytesIn(after.side, either, lookups)
  return {
    fate: fateOf(bytesBefore, bytesAfter, old !== undefined && isGrave(old)),
    signature,
    name: either.name,
    items: either.items ?? null,
    movedTo: null,
    before: sideOf(old, bytesBefore),
    after: sideOf(now, bytesAfter),
  }
}

/** @param wasGrave what is no finding before is new when it is one now, unless it was nearly as large. */
function fateOf(before: number, after: number, wasGrave: boolean): SuspectFate {
  if (!wasGrave) return before * GROWN < after ? 'new' : 'not-fixed'
  if (after <= before * LEFT_WHEN_FIXED) return 'fixed'
  if (after <= before * LEFT_WHEN_SMALLER) return 'smaller'
  return after > before * GROWN ? 'grown' : 'not-fixed'
}

function sideOf(known: Known | undefined, bytes: number): ComparedSuspect['before'] {
  const { finding } = known ?? {}
  const path = finding !== undefined && 'path' in finding.parameters ? finding.parameters.path : []
  return { bytes, severity: finding?.severity ?? null, path }
}

/** What the same signature holds in a dump in which it is no finding. */
function bytesIn(side: Side, known: Known, lookups: readonly Lookup[]): number {
  const { parameters } = known.finding
  if ('allocator' in parameters) {
    const pool = side.facts.netty.find(
      ({ culprit, allocator }) =>
        poolKeys(culprit === null ? allocator.className : fieldName(culprit), parameters.of).signature ===
        known.signature,
    )
    return pool?.[parameters.of].lost ?? 0
  }
  const { lookup } = known
  if (lookup !== undefined) {
    const place = lookups.findIndex((candidate) => keyOf(candidate) === keyOf(lookup))
    return side.heldThrough[place]?.retained ?? 0
  }
  const rows = side.histogram.filter(({ className }) => normalName(className) === known.items)
  return rows.reduce((sum, { retained }) => sum + retained, 0)
}

function withMove(suspect: ComparedSuspect, all: readonly ComparedSuspect[]): ComparedSuspect {
  if (suspect.fate !== 'fixed' || suspect.items === null) return suspect
  const target = all.find(
    (other) =>
      other.fate === 'new' && other.items === suspect.items && other.after.bytes >= suspect.before.bytes * MOVED,
  )
  return target === undefined ? suspect : { ...suspect, fate: 'moved', movedTo: target.name }
}
