/** How full the spaces of a heap are, whatever option printed it: in percent, and in KB where capacities are known. */
import type { JstatLog } from './log.ts'

export const SPACES = ['S0', 'S1', 'E', 'O', 'P', 'M', 'CCS'] as const
export type Space = (typeof SPACES)[number]

/** KB of 1,024 bytes that each space holds, from elsewhere: for logs that print percentages only. */
export type Capacities = Readonly<Partial<Record<Space, number>>>

/** Row → value; NaN where it is unknown. */
export interface SpaceColumns {
  /** Of the present capacity. */
  readonly percent: Float64Array
  readonly usedKb: Float64Array | undefined
  readonly capacityKb: Float64Array | undefined
}

/** Columns of percent, KB used, and KB of capacity. */
const COLUMNS: Readonly<Record<Space, readonly [percent: string, used: string, capacities: readonly string[]]>> = {
  S0: ['S0', 'S0U', ['S0C']],
  S1: ['S1', 'S1U', ['S1C']],
  E: ['E', 'EU', ['EC']],
  O: ['O', 'OU', ['OC', 'OGC']],
  P: ['P', 'PU', ['PC', 'PGC']],
  M: ['M', 'MU', ['MC']],
  CCS: ['CCS', 'CCSU', ['CCSC']],
}

/** The spaces of which the log, alone or with capacities from elsewhere, tells anything. */
export function spacesOf(log: JstatLog, known: Capacities = {}): Map<Space, SpaceColumns> {
  const spaces = new Map<Space, SpaceColumns>()
  for (const space of SPACES) {
    const columns = spaceOf(log, space, known[space])
    if (columns !== undefined) spaces.set(space, columns)
  }
  return spaces
}

function spaceOf({ values, rows }: JstatLog, space: Space, known: number | undefined): SpaceColumns | undefined {
  const [percentName, usedName, capacityNames] = COLUMNS[space]
  const [percent, used] = [values[percentName], values[usedName]]
  const printed = capacityNames.map((name) => values[name]).find((column) => column !== undefined)
  if (percent !== undefined) {
    const capacityKb = known === undefined ? undefined : new Float64Array(rows).fill(known)
    return {
      percent,
      usedKb: known === undefined ? undefined : percent.map((value) => (value * known) / 100),
      capacityKb,
    }
  }
  if (printed === undefined) return undefined
  return {
    percent: new Float64Array(rows).map((_, row) => shareOf(used?.[row], printed[row]!)),
    usedKb: used,
    capacityKb: printed,
  }
}

function shareOf(used: number | undefined, capacity: number): number {
  return used !== undefined && capacity > 0 ? (100 * used) / capacity : Number.NaN
}

/** Used and committed KB of young and old generation together; undefined when the old one's capacity is unknown. */
export function heapOf(
  spaces: ReadonlyMap<Space, SpaceColumns>,
): { readonly usedKb: Float64Array; readonly committedKb: Float64Array } | undefined {
  const old = spaces.get('O')
  if (old?.capacityKb === undefined) return undefined
  // Survivors and eden that the JVM prints as `-` do not exist: its old generation is the whole heap.
  const young = (['S0', 'S1', 'E'] as const).flatMap((space) => spaces.get(space) ?? [])
  const sum = (start: Float64Array, pick: (columns: SpaceColumns) => Float64Array | undefined): Float64Array =>
    start.map((value, row) => young.reduce((total, columns) => total + orZero(pick(columns)?.[row]), value))
  const unknown = new Float64Array(old.capacityKb.length).fill(Number.NaN)
  return {
    usedKb: sum(old.usedKb ?? unknown, ({ usedKb }) => usedKb),
    committedKb: sum(old.capacityKb, ({ capacityKb }) => capacityKb),
  }
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value
}
