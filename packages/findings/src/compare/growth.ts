/** Three dumps and more of one program: what each suspect and each class held in each of them. */
import type { ClassGrowthOverDumps, SignatureGrowth } from '@heaptrail/api/heap-growth'
import type { ClassTotals } from '@heaptrail/heap/compare/messages'
import { type Held, heldIn } from './held.ts'
import { type Known, type Lookup, knownOf, lookupsFor } from './known.ts'
import { normalName } from './names.ts'
import type { Asked, FoundIn } from './side.ts'

/** Fields by which what was found in any of the dumps is looked for in all. */
export function lookupsOfAll(found: readonly FoundIn[]): Lookup[] {
  return lookupsFor(found.flatMap(({ facts }) => knownOf(facts)))
}

/** @param sides the oldest first */
export function signatureGrowth(sides: readonly Asked[]): SignatureGrowth[] {
  const known = sides.map(({ facts }) => knownOf(facts))
  const lookups = lookupsFor(known.flat())
  const grave = known.flat().filter(({ finding }) => finding.severity !== 'info')
  const bySignature = new Map(grave.map((one) => [one.signature, one]))
  return byGrowth(
    [...bySignature.values()].map((one) => growthOf(one, sides, known, lookups)),
    ({ bytes }) => bytes,
  )
}

function growthOf(
  { signature, name, items, ...rest }: Known,
  sides: readonly Asked[],
  known: readonly (readonly Known[])[],
  lookups: readonly Lookup[],
): SignatureGrowth {
  const there = known.map((all) => all.find((each) => each.signature === signature))
  const held = (side: Asked): Held => heldIn(side, { signature, name, items, ...rest }, lookups)
  const bytes = sides.map((side, place) => there[place]?.bytes ?? held(side).bytes)
  const severities = there.map((one) => one?.finding.severity ?? null)
  return { signature, name, items: items ?? null, bytes, severities, steady: isSteady(bytes) }
}

/**
 * @param names as the dumps have them
 * @param totals of each dump, of each name
 */
export function classesOverDumps(
  names: readonly string[],
  totals: readonly (readonly ClassTotals[])[],
): ClassGrowthOverDumps[] {
  const rows = new Map<string, ClassGrowthOverDumps>()
  names.forEach((raw, place) => {
    const name = normalName(raw)
    const figures = totals.map((dump) => dump[place] ?? { objects: 0, shallow: 0, retained: 0 })
    const row = rows.get(name)
    const sum = (old: readonly number[] | undefined, now: readonly number[]): number[] =>
      now.map((value, dump) => value + (old?.[dump] ?? 0))
    const retained = sum(
      row?.retained,
      figures.map((one) => one.retained),
    )
    rows.set(name, {
      name,
      objects: sum(
        row?.objects,
        figures.map((one) => one.objects),
      ),
      shallow: sum(
        row?.shallow,
        figures.map((one) => one.shallow),
      ),
      retained,
      steady: isSteady(retained),
    })
  })
  return byGrowth([...rows.values()], ({ retained }) => retained)
}

/** Of two dumps nothing steady can be said. */
function isSteady(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, place) => place === 0 || value > (values[place - 1] ?? 0))
}

function byGrowth<T extends { readonly name: string }>(rows: readonly T[], of: (row: T) => readonly number[]): T[] {
  const growth = (row: T): number => (of(row).at(-1) ?? 0) - (of(row)[0] ?? 0)
  return rows.toSorted((a, b) => growth(b) - growth(a) || (a.name < b.name ? -1 : 1))
}
