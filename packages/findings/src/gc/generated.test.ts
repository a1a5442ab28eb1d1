import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { describe, expect, test } from 'vitest'
import { generatedGcLog } from '../testing/generated-gc-log.ts'
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

describe('a leak is found', () => {
  test.each<[string, Floor]>([
    ['that begins in the middle of the log', (row, noise) => 20 + 0.1 * Math.max(0, row - 300) + noise()],
    ['under a load that goes up and down', (row, noise) => 10 + 0.08 * row + 5 * Math.sin(row / 15) + noise()],
  ])('%s', (_name, floor) => {
    const found = logs(floor).filter((log) => gcFindings(generatedLog(log)).some(({ id }) => id === 'leak-trend'))
    expect(found.length).toBeGreaterThanOrEqual(0.97 * LOGS)
  })
})

/** CMS counts both pauses of a cycle, the first of which frees nothing. */
function cmsLog(perRow: number, seed: number): JstatLog {
  const { gauss } = randomFrom(seed)
  return generatedGcLog(900, (row) => {
    const age = row % 30
    const pauses = 2 * Math.floor(row / 30) + (age >= 24 ? 1 : 0) + (age >= 27 ? 1 : 0)
    const share = 25 + perRow * row + (age < 28 ? 1.2 * age : 0) + 0.5 * gauss()
    const size = 1_048_576
    return {
      edenCapacity: 65_536,
      oldCapacity: size,
      oldUsed: (share / 100) * size,
      full: pauses,
      fullSeconds: pauses / 50,
    }
  })
}

describe('sizes that change', () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1)
  const alarms = (log: JstatLog) =>
    gcFindings(log).filter(({ id, severity }) => severity !== 'info' && id !== 'fast-promotion')

  test('an old generation of Parallel that shrinks, while what is kept stays the same, is no leak', () => {
    for (const seed of seeds) {
      const { gauss } = randomFrom(seed)
      const log = generatedGcLog(600, (row) => {
        const full = Math.floor(row / 10)
        const oldUsed = (150 + 5 * gauss() + 3 * (row % 10)) * 1024
        const oldCapacity = Math.max(300, 1000 - 12 * full) * 1024
        return { edenCapacity: 65_536, oldCapacity, oldUsed, full, fullSeconds: full / 20 }
      })
      expect(alarms(log)).toEqual([])
    }
  })

  test('an old generation that grows with the leak does not hide it', () => {
    const log = generatedGcLog(600, (row) => {
      const full = Math.floor(row / 10)
      const oldUsed = (50 + 10 * full + 3 * (row % 10)) * 1024
      return { edenCapacity: 65_536, oldCapacity: 1.6 * oldUsed, oldUsed, full, fullSeconds: full / 20 }
    })
    expect(alarms(log).map(({ id }) => id)).toEqual(['leak-trend'])
  })

  test('G1 gives its old generation only what it needs: nearly full, while the heap is not', () => {
    for (const seed of seeds) {
      const { gauss } = randomFrom(seed)
      const log = generatedGcLog(600, (row) => {
        const oldUsed = (20 + 300 * (1 - Math.exp(-row / 100)) + 1.5 * (row % 40) + gauss()) * 1024
        const oldCapacity = 1.1 * oldUsed
        return { edenCapacity: 1_048_576 - oldCapacity, oldCapacity, oldUsed, cycles: 2 * Math.floor(row / 40) }
      })
      expect(alarms(log)).toEqual([])
    }
  })

  test('both pauses of CMS count as full collections: no alarm for a healthy one, and a leak is found', () => {
    for (const seed of seeds) expect(alarms(cmsLog(0, seed))).toEqual([])
    for (const seed of seeds) expect(alarms(cmsLog(0.04, seed)).map(({ id }) => id)).toEqual(['leak-trend'])
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
    ['a cache that has filled late', (row, noise) => 20 + Math.min(30, row / 14) + noise(), {}],
    ['warm-up', (row, noise) => 20 + 40 * (1 - Math.exp(-row / 150)) + noise(), {}],
    ['three steps', (row, noise) => 25 + 9 * [90, 260, 470].filter((at) => row >= at).length + noise(), {}],
    ['teeth longer than half of the log', (row, noise) => 20 + ((row + 90) % 350) / 10 + noise(), {}],
    ['load of a day', (row, noise) => 40 + 12 * Math.sin(row / 95) + noise(), {}],
  ])('%s', (_name, floor, options) => {
    const alarms = logs(floor, options).filter((log) =>
      gcFindings(generatedLog(log)).some(({ severity }) => severity !== 'info'),
    )
    expect(alarms.length).toBeLessThanOrEqual(0.01 * LOGS)
  })
})
