import { findingText } from '@heaptrail/api/finding-texts/text'
import { Finding } from '@heaptrail/api/findings'
import { readLog } from '@heaptrail/fixtures/logs'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { describe, expect, test } from 'vitest'
import { gcFindings } from './verdict.ts'

/** The findings of each log in the text, all of them valid. */
function findingsOf(text: string | Uint8Array): Finding[][] {
  const parsed = parseJstatLogs(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  if (parsed.kind === 'not-jstat') throw new Error(parsed.message)
  return parsed.logs.map((log) => gcFindings(log).map((finding) => Finding.parse(finding)))
}

/** `critical heap-exhausted`, … */
function named(text: string | Uint8Array): string[][] {
  return findingsOf(text).map((findings) => findings.map(({ severity, id }) => `${severity} ${id}`))
}

describe('no miss', () => {
  test.each(['jdk6-prompt.txt', 'leaky-17-prompt.txt', 'leaky-17-serial.log', 'leaky-17-t.log'])('%s', (name) => {
    expect(named(readLog(name))[0]?.[0]).toBe('critical heap-exhausted')
  })

  test('the story in words: one full collection within ten rows that frees nothing', () => {
    const [finding] = findingsOf(readLog('jdk6-prompt.txt'))[0]!
    expect(findingText(finding!, 'en')).toEqual({
      title: 'Heap exhausted: full collections free nothing',
      explanation:
        'Eden and the old generation are full (99.98 %). Within the 10 rows of this log the JVM finished one full GC that took 2.1 s and freed nothing: it is collecting all the time and cannot make room. No young collection ran in these rows.',
      nextStep: 'Take a heap dump now; look at what holds the largest retained size.',
    })
    expect(findingText(finding!, 'zh').explanation).toContain('JVM 完成了一次 Full GC，耗时 2.1 秒，却什么也没有释放')
    expect(finding?.evidence).toMatchObject({ fromRow: 1, toRow: 10, fromLine: 3, toLine: 12 })
  })

  test('an old generation that stops at 97 % because no large chunk fits', () => {
    for (const name of ['leaky-17-serial-97-t.log', 'leaky-17-parallel-gc-t.log']) {
      const [finding] = findingsOf(readLog(name))[0]!
      expect(finding).toMatchObject({ id: 'heap-exhausted', parameters: { ongoing: true, youngCollections: 0 } })
      expect(finding?.parameters).toHaveProperty('oldLow', expect.closeTo(97, 0))
    }
  })
})

describe('no false alarm', () => {
  test.each([
    'fixed-17-t.log',
    'g1-17-arabic.txt',
    'g1-17-gc-french.txt',
    'g1-17-german.txt',
    'g1-17-jvm-exits.txt',
    'g1-17-t-h5.txt',
    'grep-prefixed.txt',
    'interleaved-two-jvms.txt',
    'option-gc.txt',
    'option-gccapacity.txt',
    'option-gccause.txt',
    'option-gcmetacapacity.txt',
    'option-gcnew.txt',
    'option-gcold.txt',
    'shenandoah-17.txt',
    'shenandoah-25-busy-gccause.txt',
    'zgc-25-gc-t.txt',
    'zgc-25-t.txt',
  ])('%s', (name) => {
    const severities = findingsOf(readLog(name)).flatMap((findings) => findings.map(({ severity }) => severity))
    expect(new Set(severities)).toEqual(new Set(['info']))
  })

  test('Shenandoah counts its cycles as full collections, and that is said', () => {
    const finding = findingsOf(readLog('shenandoah-17.txt'))[0]![0]!
    expect(finding).toMatchObject({ id: 'healthy', parameters: { collector: 'shenandoah', fullCollections: 0 } })
    expect(findingText(finding, 'en').explanation).toContain('its concurrent cycles, which is normal')
  })

  test('ZGC at 100 % of what it has committed is not exhausted, and percentages give no verdict', () => {
    const finding = findingsOf(readLog('zgc-25-t.txt'))[0]![0]!
    expect(finding).toMatchObject({ id: 'no-occupancy', parameters: { collector: 'zgc' } })
    expect(findingText(finding, 'zh').explanation).toContain('100 % 是正常的')
  })

  test('a full heap in which a person asks for a histogram of live objects is not exhausted', () => {
    const row = (full: number, cause: string): string =>
      `0.00 10.00 96.00 96.00 95.00 90.00 7 0.070 ${full} ${(full * 0.4).toFixed(3)} ${(full * 0.4 + 0.07).toFixed(3)} ${cause}  No GC`
    const causes = ['Allocation Failure', 'Heap Inspection Initiated GC', 'Heap Inspection Initiated GC']
    const rows = causes.map((cause, full) => row(full, cause))
    const text = `S0 S1 E O M CCS YGC YGCT FGC FGCT GCT LGCC GCC\n${rows.join('\n')}\n`
    expect(named(text)[0]).toEqual(['info too-short', 'info no-clock'])
  })
})

describe('an old generation that is nearly full for a long time', () => {
  const gcutil = (full: (row: number) => number): string => {
    const rows = Array.from({ length: 600 }, (_, row) => {
      const time = (0.3 * full(row)).toFixed(3)
      return `0.00 100.00 ${row % 40}.00 94.00 95.00 90.00 7 0.070 ${full(row)} ${time} ${time}`
    })
    return `S0 S1 E O M CCS YGC YGCT FGC FGCT GCT\n${rows.join('\n')}\n`
  }

  test('is not exhausted because somebody asks for a histogram of live objects now and then', () => {
    expect(named(gcutil((row) => Math.floor(row / 100)))[0]?.some((finding) => finding.startsWith('critical'))).toBe(
      false,
    )
  })

  test('is exhausted when full collections follow each other at last', () => {
    expect(named(gcutil((row) => Math.max(0, row - 560)))[0]).toContain('critical heap-exhausted')
    const withClock = gcutil((row) => Math.max(0, row - 560))
      .split('\n')
      .map((line, row) => {
        if (line === '') return line
        return row === 0 ? `Timestamp ${line}` : `${row}.0 ${line}`
      })
    const [finding] = findingsOf(withClock.join('\n'))[0]!
    expect(finding).toMatchObject({ id: 'heap-exhausted', parameters: { ongoing: true } })
    expect(finding?.evidence.fromRow).toBeGreaterThan(550)
  })
})

test.each(['shenandoah-17-exhausted-t.txt', 'zgc-25-exhausted-gc-t.txt'])(
  'cycles that run all the time and free nothing are found: %s',
  (name) => {
    const [finding] = findingsOf(readLog(name))[0]!
    expect(finding).toMatchObject({ id: 'heap-exhausted', severity: 'critical', parameters: { ongoing: true } })
    expect(findingText(finding!, 'en').explanation).toMatch(/finished [\d,]+ concurrent cycles, and in no row/)
  },
)

describe('other rules', () => {
  const header = 'Timestamp S0 S1 E O M CCS YGC YGCT FGC FGCT GCT'

  test('half of the time in collections', () => {
    const rows = Array.from({ length: 40 }, (_, row) =>
      [row + 1, 0, 50, 40, 60 + (row % 3), 95, 90, row, (row * 0.5).toFixed(3), 0, '0.000', (row * 0.5).toFixed(3)]
        .join(' ')
        .replaceAll(/ (\d+)(?= )/g, ' $1.00'),
    )
    const findings = findingsOf(`${header}\n${rows.join('\n')}\n`)[0]!
    expect(findings[0]).toMatchObject({ id: 'gc-overhead', severity: 'warning' })
    expect(findings[0]?.parameters).toHaveProperty('share', expect.closeTo(50, 5))
  })

  test('a permanent generation that is full although the old generation is not', () => {
    const rows = Array.from({ length: 10 }, (_, row) => {
      const time = (row * 0.7).toFixed(3)
      return `0.00 10.00 ${20 + row}.00 40.00 99.80 7 0.070 ${row} ${time} ${time}`
    })
    const findings = findingsOf(`S0 S1 E O P YGC YGCT FGC FGCT GCT\n${rows.join('\n')}\n`)[0]!
    expect(findings[0]).toMatchObject({ id: 'class-space-growth', severity: 'critical' })
  })

  test('metaspace that rises for an hour', () => {
    const rows = Array.from({ length: 120 }, (_, row) => {
      const used = (50_000 + 400 * row).toFixed(1)
      return `${30 * row}.0 0.0 1024.0 0.0 512.0 9000.0 ${100 * (row % 90)}.0 90000.0 30000.0 ${used} ${used} 512.0 400.0 ${row} 1.000 0 0.000 1.000`
    })
    const text = `Timestamp S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT GCT\n${rows.join('\n')}\n`
    expect(findingsOf(text)[0]![0]).toMatchObject({
      id: 'class-space-growth',
      severity: 'warning',
      parameters: { space: 'metaspace', unit: 'KB', to: 97_600 },
    })
  })

  test('a storm of System.gc()', () => {
    const rows = Array.from({ length: 20 }, (_, row) => {
      const time = (row * 0.1).toFixed(3)
      return `0.00 10.00 20.00 30.00 95.00 90.00 7 0.070 ${row} ${time} ${time} System.gc()          No GC`
    })
    const findings = findingsOf(`S0 S1 E O M CCS YGC YGCT FGC FGCT GCT LGCC GCC\n${rows.join('\n')}\n`)[0]!
    expect(findings[0]).toMatchObject({ id: 'system-gc-storm', severity: 'warning', parameters: { calls: 19 } })
  })

  test('each JVM of a log is judged by itself: the exhausted one is found before a restart', () => {
    const leaky = new TextDecoder().decode(readLog('leaky-17-serial.log'))
    const healthy = new TextDecoder().decode(readLog('grep-prefixed.txt')).replaceAll(/^[^\n:]*:/gm, '')
    const rows = healthy.split('\n').filter((line) => /^ *\d/.test(line))
    expect(named(`${leaky}${rows.join('\n')}\n`)[0]?.[0]).toBe('critical heap-exhausted')
  })
})

test('what is found in many lives of a JVM is told once, with their number', () => {
  const lines = new TextDecoder().decode(readLog('leaky-17-serial.log')).trimEnd().split('\n')
  const text = [lines[0], ...lines.slice(1), ...lines.slice(1), ...lines.slice(1)].join('\n')
  const [finding, ...others] = findingsOf(`${text}\n`)[0]!
  expect(finding).toMatchObject({ id: 'heap-exhausted', occurrences: 3 })
  expect(others.map(({ id }) => id)).toEqual(['no-clock'])
  expect(findingText(finding!, 'en').explanation).toContain('found in 3 parts of this log')
})
