/** Which class of a case grows from histogram to histogram. */
import type { ClassGrowthRow } from '@heaptrail/api/class-histograms'
import type { FindingOf } from '@heaptrail/api/findings'
import { type GrowthColumns, growthRows } from './growth.ts'

/** Of the growth of all classes, percent, and bytes: less is not worth a sentence. */
const LEAST_SHARE = 20
const LEAST_BYTES = 2 ** 20
/** A rise between so many histograms of live objects is a warning; less may be a program that warms up. */
const ENOUGH = 4
const MOST_TOGETHER = 5

/** @param columns two histograms or more, the oldest first. */
export function classesGrow(columns: GrowthColumns): FindingOf<'classes-grow'> | undefined {
  const { rows, groups } = growthRows(columns, 'class')
  const growth = rows.reduce((sum, { bytesGrowth }) => sum + Math.max(0, bytesGrowth), 0)
  const most = rows.reduce<ClassGrowthRow | undefined>(
    (best, row) => (row.bytesGrowth > (best?.bytesGrowth ?? 0) ? row : best),
    undefined,
  )
  if (most === undefined || most.bytesGrowth < LEAST_BYTES || 100 * most.bytesGrowth < LEAST_SHARE * growth)
    return undefined
  const live = columns.histograms.every(({ counted }) => counted === 'live')
  const histograms = columns.histograms.length
  const together = groups.find(({ group }) => group === most.group)?.classes ?? []
  return {
    id: 'classes-grow',
    severity: live && most.steady && histograms >= ENOUGH ? 'warning' : 'info',
    parameters: {
      histograms,
      className: most.name,
      own: most.own,
      instances: ends(most.instances),
      bytes: ends(most.bytes),
      bytesPerHour: most.bytesPerHour,
      share: (100 * most.bytesGrowth) / growth,
      steady: most.steady,
      together: together.flatMap(({ name }) => (name === most.name ? [] : [name])).slice(0, MOST_TOGETHER),
      live,
    },
    occurrences: 1,
    evidence: evidenceIn(columns, most.name),
  }
}

function ends(values: readonly (number | null)[]): { from: number; to: number } {
  const known = values.filter((value) => value !== null)
  return { from: known[0] ?? 0, to: known.at(-1) ?? 0 }
}

/** Its row in the last histogram. */
function evidenceIn({ histograms }: GrowthColumns, className: string): FindingOf<'classes-grow'>['evidence'] {
  const last = histograms.at(-1)
  const row = Math.max(0, last?.names.indexOf(className) ?? 0)
  const line = last?.lines[row] ?? 1
  return { fromRow: row + 1, toRow: row + 1, fromLine: line, toLine: line, columns: ['instances', 'bytes'] }
}
