import { expect, test } from 'vitest'
import { GROUP_SHOWN, matching, type Entry } from './entries.ts'

const entry = (label: string, more: Partial<Entry> = {}): Entry => ({ id: label, label, run: () => undefined, ...more })
const labels = (entries: readonly Entry[]) => entries.map(({ label }) => label)

test('an entry is found by any of its words, in any order', () => {
  const entries = [entry('Dominator tree', { detail: 'fetch.bin' }), entry('支配树', { words: 'dominators' })]
  expect(labels(matching(entries, 'fetch DOMIN'))).toEqual(['Dominator tree'])
  expect(labels(matching(entries, 'dominat'))).toEqual(['Dominator tree', '支配树'])
  expect(labels(matching(entries, 'dominator tree of'))).toEqual([])
})

test('what begins with the text comes first, the rest keeps its order', () => {
  const entries = [entry('Class histogram'), entry('Histogram'), entry('A histogram')]
  expect(labels(matching(entries, 'hist'))).toEqual(['Histogram', 'Class histogram', 'A histogram'])
  expect(labels(matching(entries, ' '))).toEqual(['Class histogram', 'Histogram', 'A histogram'])
})

test('a group is never longer than can be read at a glance', () => {
  const many = Array.from({ length: 100 }, (_, index) => entry(`case ${index}`))
  expect(matching(many, 'case')).toHaveLength(GROUP_SHOWN)
})
