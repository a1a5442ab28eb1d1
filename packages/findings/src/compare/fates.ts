/** What became of each suspect from one dump to the other. */
import type { ComparedSuspect, SuspectFate } from '@heaptrail/api/compare'
import { type Held, heldIn } from './held.ts'
import type { Known, Lookup } from './known.ts'
import { pathSignature } from './path-signature.ts'
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
  const { items } = either
  const [sideBefore, sideAfter] = [
    sideOf({ known: old, held: heldIn(before.side, either, lookups), items }),
    sideOf({ known: now, held: heldIn(after.side, either, lookups), items }),
  ]
  return {
    fate: fateOf(sideBefore.bytes, sideAfter.bytes, old !== undefined && isGrave(old)),
    signature,
    name: either.name,
    items: items ?? null,
    movedTo: null,
    before: sideBefore,
    after: sideAfter,
  }
}

/** @param wasGrave what is no finding before is new when it is one now, unless it was nearly as large. */
function fateOf(before: number, after: number, wasGrave: boolean): SuspectFate {
  if (!wasGrave) return before * GROWN < after ? 'new' : 'not-fixed'
  if (after <= before * LEFT_WHEN_FIXED) return 'fixed'
  if (after <= before * LEFT_WHEN_SMALLER) return 'smaller'
  return after > before * GROWN ? 'grown' : 'not-fixed'
}

interface OneSide {
  /** Absent where it is no finding on this side. */
  readonly known: Known | undefined
  readonly held: Held
  readonly items: string | undefined
}

function sideOf({ known, held, items }: OneSide): ComparedSuspect['before'] {
  const { finding, bytes = held.bytes } = known ?? {}
  const found = finding !== undefined && 'path' in finding.parameters ? finding.parameters.path : []
  const path = found.length > 0 ? found : held.path
  return { bytes, severity: finding?.severity ?? null, path, pathSignature: pathSignature(path, items) }
}

function withMove(suspect: ComparedSuspect, all: readonly ComparedSuspect[]): ComparedSuspect {
  if (suspect.fate !== 'fixed' || suspect.items === null) return suspect
  const target = all.find(
    (other) =>
      other.fate === 'new' && other.items === suspect.items && other.after.bytes >= suspect.before.bytes * MOVED,
  )
  return target === undefined ? suspect : { ...suspect, fate: 'moved', movedTo: target.name }
}
