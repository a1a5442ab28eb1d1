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

test('calls of System.gc(): those that the causes tell, all full collections, and the time of the log', () => {
  // The cause stays in its column until the next collection; only rows in which a full collection more is counted tell one.
  const counts = [0, 0, 1, 2, 2, 3, 5, 6]
  const rows = counts.map(
    (count, row) =>
      `${100 + 2.5 * row} 0.00 10.00 20.00 30.00 95.00 90.00 7 0.070 ${count} 0.100 0.170 ${row < 7 ? 'System.gc()' : 'Ergonomics'}          No GC`,
  )
  const finding = found(
    `Timestamp S0 S1 E O M CCS YGC YGCT FGC FGCT GCT LGCC GCC\n${rows.join('\n')}\n`,
    'system-gc-storm',
  )
  expect(finding.parameters).toEqual({ calls: 4, fullCollections: 6, seconds: 17.5 })
})

test('metaspace that grows: from, to, and its limit', () => {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const used = 50_000 + 400 * row
    return `${30 * row}.0 0.0 1024.0 0.0 512.0 9000.0 ${100 * (row % 90)}.0 90000.0 30000.0 ${used + 300}.0 ${used}.0 512.0 400.0 ${row} 1.000 0 0.000 1.000`
  })
  const header = 'Timestamp S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT GCT'
  const { from, ...others } = found(`${header}\n${rows.join('\n')}\n`, 'class-space-growth').parameters
  expect(from).toBeCloseTo(50_000, 6)
  expect(others).toEqual({ space: 'metaspace', unit: 'KB', to: 97_600, limit: null, fullCollections: 0 })
})
