import { describe, expect, test } from 'vitest'
import { type GeneratedLog, generatedLog } from '../testing/generated-log.ts'
import { randomFrom } from '../testing/random-series.ts'
import { gcFindings } from './verdict.ts'

const LOGS = 100
type Floor = (row: number, noise: () => number) => number

function logs(floor: Floor, options: Partial<GeneratedLog> = {}): GeneratedLog[] {
  return Array.from({ length: LOGS }, (_, seed) => {
    const { gauss, integer } = randomFrom(seed + 1)
    const every = integer(8, 20)
    // The same collection leaves the same behind in all rows up to the next.
    const noise = new Map<number, number>()
    const noiseAt = (row: number): number => {
      const known = noise.get(row) ?? gauss()
      noise.set(row, known)
      return known
    }
    return { rows: 600, every, withClock: true, floor: (row) => floor(row, () => noiseAt(row)), ...options }
  })
}

describe('a leak of known slope', () => {
  test.each([0.05, 0.1])('%d percentage points per second with noise come back within 10 %%', (slope) => {
    const found = logs((row, noise) => 10 + slope * row + 0.7 * noise()).map((log) =>
      gcFindings(generatedLog(log)).find(({ id }) => id === 'leak-trend'),
    )
    const slopes = found.map((finding) => (finding?.id === 'leak-trend' ? (finding.parameters.perSecond ?? 0) : 0))
    expect(slopes.filter((each) => Math.abs(each / slope - 1) <= 0.1).length).toBeGreaterThanOrEqual(0.99 * LOGS)
  })

  test('without a clock the slope is per row and per collection, and nothing is said per second', () => {
    const log = generatedLog({ rows: 600, every: 10, withClock: false, floor: (row) => 10 + 0.1 * row })
    const findings = gcFindings(log)
    const leak = findings.find(({ id }) => id === 'leak-trend')
    expect(leak).toMatchObject({ severity: 'warning', parameters: { perSecond: null, secondsToFull: null } })
    expect(leak?.parameters).toHaveProperty('perRow', expect.closeTo(0.1, 3))
    expect(leak?.parameters).toHaveProperty('perCollection', expect.closeTo(1, 2))
    expect(findings.map(({ id }) => id)).toContain('no-clock')
  })

  test('the time to full follows from the slope', () => {
    const leak = gcFindings(generatedLog({ rows: 600, every: 10, withClock: true, floor: (row) => 10 + 0.1 * row }))[0]
    expect(leak).toMatchObject({ id: 'leak-trend', parameters: { confidence: 'high' } })
    expect(leak?.parameters).toHaveProperty('secondsToFull', expect.closeTo((100 - 69) / 0.1, 0))
  })
})

test('a few floors that only rise are neither a leak nor called healthy', () => {
  const log = generatedLog({ rows: 60, every: 10, withClock: true, floor: (row) => 10 + row })
  expect(gcFindings(log).map(({ id }) => id)).toEqual(['too-short'])
})

describe('silence in at least 99 of 100', () => {
  const step: Floor = (row, noise) => (row < 300 ? 25 : 45) + noise()
  test.each<[string, Floor, Partial<GeneratedLog>]>([
    ['noise', (_row, noise) => 40 + 4 * noise(), {}],
    ['sawtooth', (_row, noise) => 30 + 0.2 * noise(), {}],
    ['slow sawtooth', (row, noise) => 30 + (row % 150) / 5 + noise(), {}],
    ['step after deployment', step, {}],
    ['step without a clock', step, { withClock: false }],
    ['restart, and a larger live set after it', step, { restarts: [300] }],
    ['restart, without a clock', step, { restarts: [300], withClock: false }],
    ['a cache that has filled', (row, noise) => 20 + Math.min(30, row / 10) + noise(), {}],
  ])('%s', (_name, floor, options) => {
    const alarms = logs(floor, options).filter((log) =>
      gcFindings(generatedLog(log)).some(({ severity }) => severity !== 'info'),
    )
    expect(alarms.length).toBeLessThanOrEqual(0.01 * LOGS)
  })
})
