import { comparedText, identityText } from '@heaptrail/api/finding-texts/compare-text'
import type { Change, Comparison } from '@heaptrail/api/compare'
import type { Gate } from '../budgets.ts'
import { countText, sizeText } from './numbers.ts'
import { printable } from './printable.ts'
import { type Column, tableText } from './table.ts'

const ROWS = 25

export function comparisonText(
  { before, after, identity, suspects, classes, packages }: Comparison,
  gate: Gate,
): string {
  const grown = classes.filter((row) => row.retainedAfter > row.retainedBefore)
  const shrunk = classes.filter((row) => row.retainedAfter < row.retainedBefore).toReversed()
  return [
    `Used heap: ${sizeText(before.usedHeap)} before, ${sizeText(after.usedHeap)} after; objects: ${countText(before.objects)} before, ${countText(after.objects)} after`,
    '',
    'Suspects:',
    ...(suspects.length === 0 ? ['  none in either dump'] : suspects.map((suspect) => `  ${line(suspect)}`)),
    '',
    identityText(identity, 'en'),
    '',
    `Classes that grew: ${countText(grown.length)}`,
    tableText(COLUMNS, grown, ROWS),
    `Classes that shrank: ${countText(shrunk.length)}`,
    tableText(COLUMNS, shrunk, ROWS),
    'Packages by growth of their shallow size',
    tableText(PACKAGE_COLUMNS, packages, 10),
    ...gateLines(gate),
    '',
  ].join('\n')
}

function line(suspect: Comparison['suspects'][number]): string {
  const { title, explanation } = comparedText(suspect, 'en')
  return printable(`${title}. ${explanation}`.replaceAll('`', ''))
}

function gateLines({ passed, worse, excesses }: Gate): string[] {
  if (passed) return ['Passed: nothing new, nothing beyond its budget.']
  return [
    'FAILED:',
    ...worse.map((signature) => printable(`  worse: ${signature}`)),
    ...excesses.map(({ budget, most, name, before, after }) =>
      printable(
        `  ${name}: ${sizeText(before)} → ${sizeText(after)}, ${signed(after - before, sizeText)}; budget ${budget} = ${sizeText(most)}`,
      ),
    ),
  ]
}

const COLUMNS: Column<Change>[] = [
  { title: 'Objects', align: 'right', text: (row) => signed(row.objectsAfter - row.objectsBefore, countText) },
  { title: 'Before', align: 'right', text: (row) => sizeText(row.retainedBefore) },
  { title: 'After', align: 'right', text: (row) => sizeText(row.retainedAfter) },
  { title: 'Growth', align: 'right', text: (row) => signed(row.retainedAfter - row.retainedBefore, sizeText) },
  { title: 'Class', align: 'left', text: (row) => printable(row.name) },
]

const PACKAGE_COLUMNS: Column<Change>[] = [
  { title: 'Before', align: 'right', text: (row) => sizeText(row.shallowBefore) },
  { title: 'After', align: 'right', text: (row) => sizeText(row.shallowAfter) },
  { title: 'Growth', align: 'right', text: (row) => signed(row.shallowAfter - row.shallowBefore, sizeText) },
  { title: 'Package', align: 'left', text: (row) => printable(row.name) },
]

function signed(value: number, text: (value: number) => string): string {
  if (value === 0) return text(0)
  return `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`
}
