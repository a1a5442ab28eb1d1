import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { readLog } from '@heaptrail/fixtures/logs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTERS, type JstatColumn } from './columns.ts'
import { parseJstat } from './parse.ts'
import { tellTextKind } from '../kind.ts'

const HEADERS: readonly (readonly JstatColumn[])[] = [
  ['S0', 'S1', 'E', 'O', 'P', 'YGC', 'YGCT', 'FGC', 'FGCT', 'GCT'],
  ['S0', 'S1', 'E', 'O', 'M', 'CCS', 'YGC', 'YGCT', 'FGC', 'FGCT', 'GCT'],
  ['S0', 'S1', 'E', 'O', 'M', 'CCS', 'YGC', 'YGCT', 'FGC', 'FGCT', 'CGC', 'CGCT', 'GCT'],
]

/** Samples of one JVM: spaces as they please, counters that only grow, and what the JVM does not know. */
const samples = fc.constantFrom(...HEADERS).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    uptime: fc.boolean(),
    headerEvery: fc.integer({ min: 1, max: 7 }),
    rows: fc.array(fc.tuple(...columns.map(() => fc.option(fc.nat(10_000), { nil: Number.NaN, freq: 9 }))), {
      minLength: 1,
      maxLength: 30,
    }),
  }),
)

/** As jstat prints them: percentages with two decimals, times with three, unknown values as `-`. */
function print(name: JstatColumn, value: number): string {
  if (Number.isNaN(value)) return '-'
  if (name.endsWith('GC')) return String(value)
  return value.toFixed(name.endsWith('T') ? 3 : 2)
}

test('what jstat prints is read back', () => {
  fc.assert(
    fc.property(samples, ({ columns, uptime, headerEvery, rows }) => {
      const sums = new Map<JstatColumn, number>()
      const values = rows.map((row) =>
        columns.map((name, index) => {
          const value = row[index]!
          if (!COUNTERS.includes(name) || Number.isNaN(value)) return value / (name.endsWith('GC') ? 1 : 100)
          const sum = (sums.get(name) ?? 0) + value
          sums.set(name, sum)
          return name.endsWith('T') ? sum / 1000 : sum
        }),
      )
      const header = `${uptime ? 'Timestamp ' : ''}${columns.map((name) => name.padStart(7)).join(' ')}   \n`
      const lines = values.map((row, index) => {
        const printed = row.map((value, column) => print(columns[column]!, value).padStart(7)).join(' ')
        return `${index % headerEvery === 0 ? header : ''}${uptime ? `${(index / 10).toFixed(1)} ` : ''}${printed}\n`
      })
      const log = parseJstat(new TextEncoder().encode(lines.join('')))
      if (log.kind === 'not-jstat') throw new Error(log.message)

      expect(log.columns).toEqual(columns)
      expect(log.axis).toBe(uptime ? 'seconds' : 'row')
      expect([...log.x]).toEqual(rows.map((_, index) => (uptime ? index / 10 : index + 1)))
      expect(log.restarts).toHaveLength(0)
      expect(log.skippedTotal).toBe(0)
      columns.forEach((name, column) => {
        expect([...log.values[name]!]).toEqual(
          values.map((row) => Number(print(name, row[column]!).replace(/^-$/, 'NaN'))),
        )
      })
    }),
  )
})

test('no bytes make it throw', () => {
  const log = readLog('leaky-17-t.log').subarray(0, 800)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(800), fc.nat(800), (noise, from, length) => {
      const damaged = new Uint8Array([...log.subarray(0, from), ...noise, ...log.subarray(from + length)])
      for (const bytes of [noise, damaged]) {
        const result = parseJstat(bytes)
        if (result.kind === 'not-jstat') expect(result.message).toMatch(/\.$/)
        else expect(result.rows + result.skippedTotal).toBeLessThanOrEqual(bytes.length)
        expect(['jstat-log', 'class-histogram', 'top-output', 'unknown']).toContain(tellTextKind(bytes))
      }
    }),
    { numRuns: 2000 },
  )
})

testWithLarge(
  'every jstat log of the large set is read or refused with a sentence, and its numbers are those printed',
  () => {
    const folder = join(largeFixtures!, 'B-jstat')
    const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
      /\.(txt|md|csv|gz)$/.test(name),
    )
    const gcutil = names.filter((name) => /gcutil(?!.*stderr)|shapes/.test(name))
    let read = 0
    for (const name of gcutil) {
      const file = readFileSync(join(folder, name))
      const bytes = name.endsWith('.gz') ? gunzipSync(file) : file
      const result = parseJstat(bytes)
      if (result.kind === 'not-jstat') {
        expect(result.message, name).toMatch(/^[A-Z].*\.$/)
        expect(name).toMatch(/^shapes/)
        continue
      }
      read++
      const plain = !/utf16|ar|de|commas|cr-only|ansi|awk|grep/.test(name)
      const lines = plain ? new TextDecoder().decode(bytes).split(/\r?\n/) : []
      for (let row = 0; plain && row < result.rows; row += Math.ceil(result.rows / 500)) {
        const words = lines[result.lines[row]! - 1]!.replaceAll('\0', '').trim().split(/\s+/)
        const gct = result.values.GCT![row]!
        expect(gct, `${name}:${result.lines[row]}`).toBe(Number(words.at(-1)))
      }
      if (!name.startsWith('shapes')) expect(result.restarts, name).toHaveLength(0)
    }
    expect(read).toBeGreaterThan(60)
  },
)
