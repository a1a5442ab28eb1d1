import { expect, test } from 'vitest'
import { isUnfinishedNumber } from './number-filter.tsx'

test.each(['', '5', '> 1 MB', '!<= 10', '1 KB..2 KB', '> 5 %', '>=1,000', '= 2.5 gib'])(
  '“%s” is a condition',
  (text) => {
    expect(isUnfinishedNumber(text)).toBe(false)
  },
)

test.each(['>', '!', '10..', '> 1 x', 'KB', '..', '1.'])('“%s” is none yet', (text) => {
  expect(isUnfinishedNumber(text)).toBe(true)
})
