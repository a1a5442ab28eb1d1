/** Whatever the bytes: no parser throws, each says something, and none takes long. */
import { readLog } from '@heaptrail/fixtures/logs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseHistograms } from './histogram/parse.ts'
import { parseJstatLogs } from './jstat/parse.ts'
import { tellTextKind, tellTextKinds } from './kind.ts'
import { parseTop } from './top/parse.ts'

const ORIGINALS = [
  'leaky-17-t.log',
  'option-gccause.txt',
  'grep-prefixed.txt',
  'leading-timestamp-by-awk.txt',
  'story-jmap-histo.txt',
  'top-threads.txt',
].map((name) => readLog(name).subarray(0, 3000))

/** Every parser says something of the bytes; what it reads cannot have more rows than there are bytes. */
function expectAnswers(bytes: Uint8Array): void {
  const logs = parseJstatLogs(bytes)
  if (logs.kind === 'not-jstat') expect(logs.message).toMatch(/\.$/)
  else {
    const rows = logs.logs.reduce((sum, log) => sum + log.rows, 0)
    expect(rows + logs.skippedTotal).toBeLessThanOrEqual(bytes.length)
    for (const log of logs.logs) {
      for (const name of log.columns) expect(log.values[name]).toHaveLength(log.rows)
      for (const words of Object.values(log.texts)) expect(words).toHaveLength(log.rows)
      expect(log.x.every((x, row) => row === 0 || x >= log.x[row - 1]!)).toBe(true)
    }
  }
  const histograms = parseHistograms(bytes)
  if (histograms.kind === 'not-histogram') expect(histograms.message).toMatch(/\.$/)
  else
    for (const { rows, names, bytes: sizes } of histograms.histograms)
      expect([names.length, sizes.length]).toEqual([rows, rows])
  const top = parseTop(bytes)
  if (top.kind === 'not-top') expect(top.message).toMatch(/\.$/)
  else expect(top.processes.length).toBeGreaterThan(0)
  expect(['unknown', ...tellTextKinds(bytes).map(({ kind }) => kind)]).toContain(tellTextKind(bytes))
}

test('random bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), expectAnswers), { numRuns: 1000 })
})

test('real texts with bytes changed, cut out, put in and repeated', () => {
  const mutation = fc.record({
    from: fc.nat(3000),
    length: fc.nat(600),
    noise: fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(
        ...['\n', '-', '\u001b[', '|', ',', ':', '\0', '999999999999999999', 'S0 S1 E', 'PID', '[L'].map((text) =>
          new TextEncoder().encode(text),
        ),
      ),
    ),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...ORIGINALS),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (original, changes) => {
        let bytes = original
        for (const { from, length, noise } of changes) {
          bytes = new Uint8Array([...bytes.subarray(0, from), ...noise, ...bytes.subarray(from + length)])
        }
        expectAnswers(bytes)
      },
    ),
    { numRuns: 700 },
  )
})

// A pattern that goes back over its text for every character would need minutes for these.
test.each([
  ['digits', '1'],
  ['values', '1.00 '],
  ['blanks', ' '],
  ['tabs behind a header', '\t'],
  ['minus signs', '- '],
  ['borders', '| '],
  ['escape characters', '\u001b['],
  ['colons', '1:'],
  ['names', 'a.b$'],
  ['brackets', '['],
  ['dates', '2026-11-23 '],
  ['titles', 'S0 S1 E O '],
  ['jstat', 'jstat -t '],
])('a line of a million characters: %s', (_, part) => {
  const line = part.repeat(Math.ceil(1_000_000 / part.length))
  const headers =
    'S0 S1 E O P YGC YGCT FGC FGCT GCT\n num     #instances         #bytes  class name\nPID USER VIRT RES %CPU COMMAND\n'
  expectAnswers(new TextEncoder().encode(`${headers}${line}\n1: 2 3 ${line}\n1 a 2 3 4 ${line}\n0.00 ${line}`))
})
