/** Classes whose numbers of objects grow together: the parts of one kind of thing that the program keeps. */
import type { ClassGrowth, ClassGrowthRow } from '@heaptrail/api/class-histograms'

/** Of the classes that grow most; each is compared with the leaders of the groups. */
const MOST_CLASSES = 300
const LEAST_GROWTH = 20
const MOST_GROUPS = 20
/** Between two histograms everything is in some proportion: only with more steps, proportions other than 1 tell something. */
const LARGEST_RATIO = 8
const TOLERANCE = 0.02
/** Objects by which a step may differ although it is more than the tolerance. */
const SLACK = 2

interface Growing {
  readonly row: ClassGrowthRow
  /** Instances gained from each histogram to the next. */
  readonly steps: readonly number[]
}

interface Group {
  readonly leader: Growing
  readonly members: { readonly row: ClassGrowthRow; readonly ratio: number }[]
}

export function togetherOf(rows: readonly ClassGrowthRow[]): ClassGrowth['groups'] {
  const growing = rows
    .flatMap((row) => growingOf(row) ?? [])
    .sort((a, b) => b.row.bytesGrowth - a.row.bytesGrowth)
    .slice(0, MOST_CLASSES)
  const groups: Group[] = []
  for (const one of growing) {
    const joined = groups.flatMap((group) => {
      const ratio = ratioTo(group.leader, one)
      return ratio === undefined ? [] : [{ group, ratio }]
    })[0]
    if (joined === undefined) groups.push({ leader: one, members: [{ row: one.row, ratio: 1 }] })
    else joined.group.members.push({ row: one.row, ratio: joined.ratio })
  }
  return groups
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => ({
      bytesGrowth: members.reduce((sum, { row }) => sum + row.bytesGrowth, 0),
      classes: members.map(({ row: { name, own, instancesGrowth }, ratio }) => ({ name, own, instancesGrowth, ratio })),
    }))
    .sort((a, b) => b.bytesGrowth - a.bytesGrowth)
    .slice(0, MOST_GROUPS)
    .map((group, index) => ({ group: index, ...group }))
}

/** Undefined for a class that does not grow at every step, or is not listed everywhere. */
function growingOf(row: ClassGrowthRow): Growing | undefined {
  if (row.instancesGrowth < LEAST_GROWTH || row.instances.length < 2) return undefined
  const known = row.instances.filter((count) => count !== null)
  if (known.length < row.instances.length) return undefined
  const steps = known.slice(1).map((count, index) => count - known[index]!)
  return steps.every((step) => step > 0) ? { row, steps } : undefined
}

/** How many objects of `one` come with one of the leader; undefined when they do not grow together. */
function ratioTo(leader: Growing, one: Growing): number | undefined {
  const raw = one.row.instancesGrowth / leader.row.instancesGrowth
  const ratio = raw >= 1 ? Math.round(raw) : 1 / Math.round(1 / raw)
  const largest = leader.steps.length === 1 ? 1 : LARGEST_RATIO
  if (ratio > largest || ratio < 1 / largest) return undefined
  const fits = one.steps.every((step, index) => {
    const expected = leader.steps[index]! * ratio
    return Math.abs(step - expected) <= Math.max(SLACK, TOLERANCE * expected)
  })
  return fits ? ratio : undefined
}
