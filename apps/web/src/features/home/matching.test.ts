import { expect, test } from 'vitest'
import type { Case } from '@heaptrail/api/cases'
import { matchingCases } from './matching.ts'

const caseOf = (title: string, ...names: readonly string[]) =>
  ({ title, artifacts: names.map((name) => ({ name })), uploads: [] }) as unknown as Case

const cases = [caseOf('Push service leak', 'fetch.bin', 'jstat.log'), caseOf('Checkout', 'shop-1g.hprof')]
const found = (filter: string) => matchingCases(cases, filter).map(({ title }) => title)

test('words are looked for in titles and names of evidence, whatever their order and case', () => {
  expect(found('leak PUSH')).toEqual(['Push service leak'])
  expect(found('push jstat')).toEqual(['Push service leak'])
  expect(found('hprof')).toEqual(['Checkout'])
  expect(found('push hprof')).toEqual([])
})

test('without words there are all of them', () => {
  expect(found('  ')).toHaveLength(2)
})
