import { expect, test } from 'vitest'
import { heapProgress } from './heap-progress.ts'

/** As an analysis tells it: parts of the snapshot are written between other phases. */
const TOLD = [
  ['scan', 0],
  ['scan', 0.5],
  ['read-references', 0.1],
  ['write-snapshot', 0],
  ['number-objects', 0.4],
  ['write-snapshot', 0.1],
  ['invert-references', 0.9],
  ['write-snapshot', 0.4],
  ['dominators', 0.5],
  ['write-snapshot', 0.5],
  ['retained-sizes', 0],
  ['write-snapshot', 0.7],
  ['write-snapshot', 1],
] as const

test('the whole only grows, jumps nowhere and ends at 1', () => {
  const tell = heapProgress()
  const fractions = TOLD.map(([phase, fraction]) => tell(phase, fraction).fraction)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(fractions[0]).toBe(0)
  expect(fractions[6]).toBeLessThan(0.7)
  expect(fractions.at(-1)).toBe(1)
})

test('writing is shown as the phase only when it is the last one', () => {
  const tell = heapProgress()
  const shown = TOLD.map(([phase, fraction]) => tell(phase, fraction).phase)
  expect(shown.filter((phase, index) => phase !== shown[index - 1])).toEqual([
    'scan',
    'read-references',
    'number-objects',
    'invert-references',
    'dominators',
    'retained-sizes',
    'write-snapshot',
  ])
})

test('a dump that was scanned while it came in begins at 0', () => {
  const tell = heapProgress()
  const fractions = TOLD.slice(2).map(([phase, fraction]) => tell(phase, fraction).fraction)
  expect(fractions[0]).toBeLessThan(0.1)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
})
