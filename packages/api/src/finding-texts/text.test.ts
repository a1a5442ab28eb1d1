import { describe, expect, test } from 'vitest'
import type { HistogramNote } from '../class-histograms.ts'
import type { Finding } from '../findings.ts'
import { duration, figure, size } from './figures.ts'
import { histogramNoteText } from './histogram-notes.ts'
import { findingText } from './text.ts'

const evidence = { fromRow: 1, toRow: 90, fromLine: 2, toLine: 91, columns: ['O', 'FGC'] }
const leak: Finding = {
  id: 'leak-trend',
  severity: 'warning',
  evidence,
  occurrences: 1,
  parameters: {
    after: 'full-collections',
    points: 24,
    from: 20,
    to: 44,
    perSecond: 0.005,
    perRow: 0.005,
    perCollection: 1,
    secondsToFull: 11_200,
    collectionsToFull: 56,
    capacityKb: 262_144,
    confidence: 'high',
  },
}

describe('the leak trend', () => {
  test('with a clock and bytes: per time, and the time to full', () => {
    expect(findingText(leak, 'en').explanation).toBe(
      'What is left in the old generation after full collections rose from 20 % to 44 % over 24 points: 1 percentage points per collection; 0.3 per minute, 786.43 KiB (confidence: high). If it goes on, the old generation is full in about 3.1 hours.',
    )
    expect(findingText(leak, 'zh').explanation).toContain('每分钟 0.3 个百分点，即 786.43 KiB')
  })

  test('percentages only: per collection and row, and the collections to full', () => {
    const parameters = { ...leak.parameters, perSecond: null, secondsToFull: null, capacityKb: null }
    const text = findingText({ ...leak, parameters }, 'en').explanation
    expect(text).toContain('1 percentage points per collection; 0.005 per row')
    expect(text).toContain('after about 56 more collections')
    expect(text).not.toMatch(/minute|hour|second/)
  })
})

test('what is found in several parts of a log says so in both languages', () => {
  const repeated = { ...leak, occurrences: 3 }
  expect(findingText(repeated, 'en').explanation).toContain('in 3 parts of this log')
  expect(findingText(repeated, 'zh').explanation).toContain('3 段日志')
})

test('figures are short and honest', () => {
  expect([99.98, 7, 0.0345, 0.5, 2.0999].map(figure)).toEqual(['99.98', '7', '0.0345', '0.5', '2.1'])
  expect([512, 2048, 3_145_728].map(size)).toEqual(['512 KiB', '2 MiB', '3 GiB'])
  expect([1, 90, 130, 7200, 200_000].map((seconds) => duration(seconds, 'en'))).toEqual([
    '1 second',
    '90 seconds',
    '2.2 minutes',
    '2 hours',
    '2.3 days',
  ])
})

test('notes about histograms have a sentence in both languages', () => {
  const earlier: HistogramNote = { id: 'taken-apart', seconds: -90, guessed: false }
  expect(histogramNoteText(earlier, 'en')).toBe(
    'The text was taken 90 seconds before the dump: what came and went in between differs.',
  )
  expect(histogramNoteText(earlier, 'zh')).toContain('文本比转储早 90 秒')
  expect(histogramNoteText({ id: 'dump-removed', objects: 1234, bytes: 3 * 2 ** 20 }, 'en')).toContain(
    '1,234 more objects (3 MiB)',
  )
})
