/** Two dumps of one program: what became of each suspect, and which classes grew. */
import type { ComparedSuspect, Comparison } from '@heaptrail/api/compare'
import { changesBy, loaderOf, packageOf } from './changes.ts'
import { comparedSuspects } from './fates.ts'
import { normalName } from './names.ts'
import { type Known, type Lookup, knownOf, lookupsFor } from './known.ts'
import type { KeptObjects } from '@heaptrail/heap/compare/messages'
import type { FoundIn, Side } from './side.ts'

/** @returns the fields by which what was found in either dump is looked for in the other. */
export function lookupsOf(before: FoundIn, after: FoundIn): Lookup[] {
  return lookupsFor([...knownOf(before.facts), ...knownOf(after.facts)])
}

/** @param kept what both dumps say of objects with the same id */
export function compare(before: Side, after: Side, kept: KeptObjects): Comparison {
  const byName = kept.identity.verdict === 'kept' ? keptByName(kept) : undefined
  return {
    before: totalsOf(before),
    after: totalsOf(after),
    identity: kept.identity,
    suspects: suspectsOf(before, after),
    classes: changesBy(before.histogram, after.histogram, (row) => normalName(row.className), 'retained', byName),
    packages: changesBy(before.histogram, after.histogram, packageOf, 'shallow'),
    loaders: changesBy(before.histogram, after.histogram, loaderOf, 'shallow'),
  }
}

function keptByName({ classes }: KeptObjects): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { className, kept } of classes) {
    const name = normalName(className)
    sums.set(name, (sums.get(name) ?? 0) + kept)
  }
  return sums
}

function suspectsOf(before: Side, after: Side): ComparedSuspect[] {
  const known: readonly [Known[], Known[]] = [knownOf(before.facts), knownOf(after.facts)]
  const lookups = lookupsFor([...known[0], ...known[1]])
  return comparedSuspects({ side: before, known: known[0] }, { side: after, known: known[1] }, lookups)
}

function totalsOf({ facts, histogram, objects }: Side): Comparison['before'] {
  return { usedHeap: facts.usedHeap, objects, classes: histogram.length }
}
