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

test('a heap of 100 million objects is refused where 2 GB are free, and taken where 8 are', () => {
  const error = refusal(() => requireMemoryToParse({ objects: 100e6, arrays: 25e6 }, { bytes: 2e9 }))
  expect(error?.message).toBe(
    'This dump holds 100,000,000 objects. The rest of its analysis needs about 3.07 GB of memory, but only 2.00 GB are free. Close other programs, then analyse the dump again.',
  )
  expect([error?.neededBytes, error?.availableBytes]).toEqual([3e9 + 2 ** 26, 2e9])
  expect(refusal(() => requireMemoryToParse({ objects: 100e6, arrays: 25e6 }, { bytes: 8e9 }))).toBeUndefined()
})

test('whoever runs it is told what is free of which limit, and which limit would do', () => {
  const container = { bytes: 2e9, within: { what: 'container', bytes: 4e9 } } as const
  expect(refusal(() => requireMemoryToParse({ objects: 100e6, arrays: 25e6 }, container))?.message).toMatch(
    / but only 2\.00 GB of the 4\.00 GB of this container are free\. Raise the memory limit of the container to 5\.1 GB or more, then analyse the dump again\.$/,
  )
  const raised = { bytes: 2e9 + 1.1e9, within: { what: 'container', bytes: 5.1e9 } } as const
  expect(refusal(() => requireMemoryToParse({ objects: 100e6, arrays: 25e6 }, raised))).toBeUndefined()
  const machine = { bytes: 2e9, within: { what: 'machine', bytes: 8e9 } } as const
  expect(refusal(() => requireMemoryToParse({ objects: 100e6, arrays: 25e6 }, machine))?.message).toMatch(
    / but only 2\.00 GB of the 8\.00 GB of this machine are free\. Close other programs, or analyse the dump on a machine with 9\.1 GB or more\.$/,
  )
})

test('many references need more memory than few', () => {
  const objects = 10e6
  const free = { bytes: 600e6 }
  expect(refusal(() => requireMemoryForGraph({ objects, arrays: 3e6, references: 12e6 }, free))).toBeUndefined()
  expect(refusal(() => requireMemoryForGraph({ objects, arrays: 3e6, references: 90e6 }, free))?.neededBytes).toBe(
    1052e6 + 2 ** 26,
  )
})

test('small heaps are never refused', () => {
  expect(refusal(() => requireMemoryToParse({ objects: 1e6, arrays: 0 }, { bytes: 0 }))).toBeUndefined()
})
