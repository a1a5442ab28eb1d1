import { ClassGrowthQuery } from '@heaptrail/api/class-histograms'
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import { expect, test } from 'vitest'
import { classGrowth } from './growth.ts'

/** `class instances`, 16 bytes each. */
function histogram(...classes: readonly string[]) {
  const rows = classes.map((line, index) => {
    const [name = '', instances = '0'] = line.split(' ')
    return `${index + 1}: ${instances} ${Number(instances) * 16} ${name}`
  })
  const text = [' num     #instances         #bytes  class name', '-----', ...rows].join('\n')
  const parsed = parseHistograms(new TextEncoder().encode(text))
  if (parsed.kind !== 'class-histograms' || parsed.histograms[0] === undefined) throw new Error('no histogram')
  return parsed.histograms[0]
}

const columns = {
  histograms: [
    histogram('java.lang.String 1000', 'shop.Order 500', 'shop.Idle 9'),
    histogram('java.lang.String 9000', 'shop.Order 600', 'shop.Idle 3'),
  ],
  times: [0, 3_600_000],
}
const namesFor = (query: object) =>
  classGrowth(columns, ClassGrowthQuery.parse(query)).rows.map(({ name, bytesPerHour }) => `${name} ${bytesPerHour}`)

test('own classes that grew stand first, then whatever grew most', () => {
  expect(namesFor({})).toEqual(['shop.Order 1600', 'java.lang.String 128000', 'shop.Idle -96'])
})

test('a query can ask for one order of all, and for own classes only', () => {
  expect(namesFor({ ownFirst: 'false' })[0]).toBe('java.lang.String 128000')
  expect(namesFor({ own: 'true' })).toEqual(['shop.Order 1600', 'shop.Idle -96'])
  expect(namesFor({ own: 'false' })).toHaveLength(3)
})
