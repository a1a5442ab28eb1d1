import { expect, test } from 'vitest'
import { NotEnoughMemoryError, requireMemoryForGraph, requireMemoryToParse } from './memory-needed.ts'

function refusal(ask: () => void): NotEnoughMemoryError | undefined {
  try {
    ask()
    return undefined
  } catch (error) {
    if (error instanceof NotEnoughMemoryError) return error
    throw error
  }
}

test('a heap of 100 million objects is refused with figures where 2 GB are free, and taken where 8 are', () => {
  const error = refusal(() => requireMemoryToParse(100e6, 2e9))
  expect(error?.message).toBe(
    'This dump holds 100,000,000 objects: its analysis needs about 4.37 GB of memory from here on, and 2.00 GB are free. Free memory or give this machine or container more, then analyse the dump again.',
  )
  expect([error?.neededBytes, error?.availableBytes]).toEqual([4.3e9 + 2 ** 26, 2e9])
  expect(refusal(() => requireMemoryToParse(100e6, 8e9))).toBeUndefined()
})

test('many references need more memory than few', () => {
  const objects = 10e6
  expect(refusal(() => requireMemoryForGraph({ objects, references: 12e6 }, 600e6))).toBeUndefined()
  expect(refusal(() => requireMemoryForGraph({ objects, references: 90e6 }, 600e6))?.neededBytes).toBe(880e6 + 2 ** 26)
})

test('small heaps are never refused', () => {
  expect(refusal(() => requireMemoryToParse(1e6, 0))).toBeUndefined()
})
