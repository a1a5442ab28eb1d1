import { expect, test } from 'vitest'
import { readingOf } from './reading-form.tsx'

const EMPTY = { startedAt: '', secondsPerRow: '', maxHeap: '', young: '' }

test('empty fields take back what was said before', () => {
  expect(readingOf({ part: 2 }, EMPTY)).toEqual({
    kind: 'right',
    reading: { part: 2, startedAt: null, secondsPerRow: null, maxHeapBytes: null, youngBytes: null },
  })
})

test('what was typed is sent in bytes and seconds', () => {
  const reading = readingOf({ part: 0 }, { ...EMPTY, secondsPerRow: '0,1', maxHeap: '320m', young: '64m' })
  expect(reading).toMatchObject({ reading: { secondsPerRow: 0.1, maxHeapBytes: 320 * 2 ** 20, youngBytes: 2 ** 26 } })
})

test('every field that makes no sense is named', () => {
  expect(readingOf({ part: 0 }, { startedAt: 'soon', secondsPerRow: '-1', maxHeap: '4 apples', young: '1' })).toEqual({
    kind: 'wrong',
    fields: ['startedAt', 'secondsPerRow', 'maxHeap', 'young'],
  })
})
