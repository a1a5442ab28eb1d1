/** How much classes, fields and the whole heap may grow: `--budget 'com.acme.Session=20MiB'`. */
import type { Comparison } from '@heaptrail/api/compare'

export interface Budget {
  readonly name: string
  /** Retained bytes that may have been added. */
  readonly most: number
}

/** Names the used heap. */
const TOTAL = 'total'

/** Something that grew by more than its budget. */
export interface Excess {
  readonly budget: string
  readonly most: number
  readonly name: string
  readonly before: number
  readonly after: number
}

/** Why a pipeline should stop. */
export interface Gate {
  readonly passed: boolean
  /** Signatures of suspects that were not there before, or grew. */
  readonly worse: readonly string[]
  readonly excesses: readonly Excess[]
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

/** @throws TypeError saying what is not understood */
export function budgetOf(text: string): Budget {
  const [, name, digits, unit] = /^(.+)=([\d.]+)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? []
  const most = Number(digits) * (UNITS[(unit ?? '').toLowerCase()] ?? 1)
  if (name === undefined || Number.isNaN(most))
    throw new TypeError(`--budget takes NAME=SIZE, such as com.acme.Session=20MiB, and not ${text}.`)
  return { name, most }
}

/** Suspects that are new, or grew without a budget that says how much they may. */
export function worseSuspects(budgets: readonly Budget[], { suspects }: Comparison): Comparison['suspects'] {
  return suspects.filter(
    ({ fate, name }) =>
      fate === 'new' || fate === 'moved' || (fate === 'grown' && !budgets.some((budget) => matches(budget.name, name))),
  )
}

/** Classes of one name that several loaders loaded count together. */
export function excesses(budgets: readonly Budget[], { before, after, classes, suspects }: Comparison): Excess[] {
  const grown = [
    { name: TOTAL, before: before.usedHeap, after: after.usedHeap },
    ...classes.map(({ name, retainedBefore, retainedAfter }) => ({
      name,
      before: retainedBefore,
      after: retainedAfter,
    })),
    ...suspects.map(({ name, before, after }) => ({ name, before: before.bytes, after: after.bytes })),
  ]
  return budgets.flatMap((budget) =>
    grown
      .filter(({ name, before, after }) => matches(budget.name, name) && after - before > budget.most)
      .map((row) => ({ budget: budget.name, most: budget.most, ...row })),
  )
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}
