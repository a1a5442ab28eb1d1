/** Figures of findings, computed again from the lines of the log as a person with a calculator would. */
import type { Finding, FindingId, FindingOf } from '@heaptrail/api/findings'
import { readLog } from '@heaptrail/fixtures/logs'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { expect, test } from 'vitest'
import { gcFindings } from './verdict.ts'

type Row = Readonly<Record<string, number>>

/** The rows of a log with one header, without any of the parser. */
function rowsOf(text: string): Row[] {
  const [header = '', ...lines] = text.trim().split('\n')
  const names = header.trim().split(/\s+/)
  return lines.map((line) => {
    const cells = line.trim().split(/\s+/)
    return Object.fromEntries(names.map((name, place) => [name, Number(cells[place])]))
  })
}

function found<Id extends FindingId>(text: string, id: Id): FindingOf<Id> {
  const parsed = parseJstatLogs(new TextEncoder().encode(text))
  if (parsed.kind === 'not-jstat') throw new Error(parsed.message)
  const finding = gcFindings(parsed.logs[0]!).find((each): each is FindingOf<Id> & Finding => each.id === id)
  if (finding === undefined) throw new Error(`no ${id}`)
  return finding
}

/** First and last row of the evidence, and all between them. */
function evidenceRows(rows: readonly Row[], { evidence }: Finding): Row[] {
  return rows.slice(evidence.fromRow - 1, evidence.toRow)
}

function grown(rows: readonly Row[], column: string): number {
  return (rows.at(-1)?.[column] ?? Number.NaN) - (rows[0]?.[column] ?? Number.NaN)
}

test('the time in collections: of the worst window, and of the whole log', () => {
  const text = new TextDecoder().decode(readLog('leaky-17-t.log'))
  const rows = rowsOf(text)
  const finding = found(text, 'gc-overhead')
  const window = evidenceRows(rows, finding)
  const { seconds, collectionSeconds, share, shareOfAll } = finding.parameters
  expect(seconds).toBeCloseTo(grown(window, 'Timestamp'), 6)
  expect(collectionSeconds).toBeCloseTo(grown(window, 'GCT'), 6)
  expect(share).toBeCloseTo(Math.min(100, (100 * grown(window, 'GCT')) / grown(window, 'Timestamp')), 6)
  expect(shareOfAll).toBeCloseTo((100 * grown(rows, 'GCT')) / grown(rows, 'Timestamp'), 6)
})

test('full collections that free nothing: how many, how long, how full', () => {
  const text = new TextDecoder().decode(readLog('leaky-17-t.log'))
  const finding = found(text, 'heap-exhausted')
  const rows = evidenceRows(rowsOf(text), finding)
  const old = rows.map((row) => row['O'] ?? Number.NaN)
  const { fullCollections, fullSeconds, youngCollections, oldLow, oldHigh, seconds } = finding.parameters
  expect(fullCollections).toBe(grown(rows, 'FGC'))
  expect(fullSeconds).toBeCloseTo(grown(rows, 'FGCT'), 6)
  expect(youngCollections).toBe(grown(rows, 'YGC'))
  expect([oldLow, oldHigh]).toEqual([Math.min(...old), Math.max(...old)])
  expect(seconds).toBeCloseTo(grown(rows, 'Timestamp'), 6)
  expect(finding.parameters.rows).toBe(rows.length)
})

test('what young collections move to the old generation', () => {
  const rows = Array.from({ length: 14 }, (_, row) =>
    [0, row % 3 === 0 ? 100 : 40, 10, 5 + 6.5 * row, 95, 90, row, (row * 0.01).toFixed(3), 0, '0.000', '0.000'].join(
      ' ',
    ),
  )
  const text = `S0 S1 E O M CCS YGC YGCT FGC FGCT GCT\n${rows.join('\n')}\n`
  const { youngCollections, perCollection, survivorFull, fullCollections, kbPerCollection } = found(
    text,
    'fast-promotion',
  ).parameters
  expect({ youngCollections, perCollection, survivorFull, fullCollections, kbPerCollection }).toEqual({
    youngCollections: 13,
    perCollection: 6.5,
    survivorFull: 4,
    fullCollections: 0,
    kbPerCollection: null,
  })
})
