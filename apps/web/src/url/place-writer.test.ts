import { createMemoryHistory } from '@tanstack/react-router'
import type { Place } from '@heaptrail/api/place'
import { WHOLE_TREE } from '@heaptrail/api/place-dominators'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { urlOf } from './place-url.ts'
import { createPlaceWriter } from './place-writer.ts'

const TREE = { ...WHOLE_TREE, caseId: 'c'.repeat(22), artifactId: 'a'.repeat(22) }
const selecting = (selected: string): Place => ({ ...TREE, selected })

function open() {
  const history = createMemoryHistory({ initialEntries: [urlOf(TREE).href] })
  const written: string[] = []
  const writer = createPlaceWriter(history, (place) => {
    written.push('selected' in place ? (place.selected ?? '') : '')
    history.replace(urlOf(place).href)
  })
  return { history, written, writer, shown: () => writer.aheadOf(history.location) }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('each step is shown at once, and the address follows at the pace that browsers allow', () => {
  const { written, writer, shown } = open()
  for (let step = 1; step <= 30; step++) {
    writer.replace(selecting(`0x${step}`))
    expect(shown()).toMatchObject({ selected: `0x${step}` })
    vi.advanceTimersByTime(33)
  }
  expect(writer.isBehind()).toBe(true)
  expect(written.length).toBeLessThan(6)
  vi.advanceTimersByTime(1000)
  expect(writer.isBehind()).toBe(false)
  expect(written.at(-1)).toBe('0x30')
})

test('what is shown stays the same object when its address is written', () => {
  const { writer, shown } = open()
  writer.replace(selecting('0x1'))
  const before = shown()
  writer.flush()
  expect(shown()).toBe(before)
})

test('a place that is opened ends what was ahead, and what still waits is not written over it', () => {
  const { history, written, writer, shown } = open()
  writer.replace(selecting('0x1'))
  history.push('/')
  expect(shown()).toBeUndefined()
  vi.advanceTimersByTime(1000)
  expect([written, history.location.pathname]).toEqual([[], '/'])
})
