import { smallDump } from '@heaptrail/fixtures/packed'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { expect, test } from 'vitest'
import type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'
import { type ArrivedSoFar, scanArrivingDump } from '@heaptrail/heap/parse/arriving-dump'
import { histogramSoFar } from '@heaptrail/heap/parse/histogram-so-far'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'

const source = bytesSource(smallDump('known-17'))

/** What is known after so many bytes, after twice as many, …, and in the end. */
function histograms(every: number): ProvisionalHistogram[] {
  const soFar = histogramSoFar(source)
  const told: ProvisionalHistogram[] = []
  let next = 0
  let last: ArrivedSoFar | undefined
  scanArrivingDump(source, (state) => {
    last = state
    if (state.bytes < next) return
    next += every
    told.push(soFar(state))
  })
  if (last !== undefined) told.push(soFar(last))
  return told
}

test('grows to that of the whole dump', async () => {
  const told = histograms(1 << 19)
  expect(told.length).toBeGreaterThan(3)
  for (const sizes of [told.map(({ objects }) => objects), told.map(({ bytesRead }) => bytesRead)]) {
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  }
  const whole: ProvisionalHistogram[] = []
  await parseHeap(
    source,
    inlineRunner(source),
    () => {},
    undefined,
    (histogram) => whole.push(histogram),
  )
  expect({ ...told.at(-1), bytesRead: source.size, isWhole: true }).toEqual(whole[0])
})

test('names classes from the beginning on', () => {
  const first = histograms(1 << 19)[1]
  expect(first.isWhole).toBe(false)
  expect(first.classes.filter(({ name }) => name.startsWith('unknown-'))).toEqual([])
  expect(first.classes.map(({ name }) => name)).toContain('java.lang.Class')
})
