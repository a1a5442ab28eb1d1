import { seededRandom } from '@heaptrail/fixtures/random'
import { expect, test } from 'vitest'
import { ClassPaths, EMPTY_PATH } from './class-paths.ts'
import { fillChildRows } from './dominator-children.ts'
import { createMemory } from './memory.ts'
import { sumMinimumRetained } from './minimum-retained.ts'
import { accumulateRetained } from './retained-sizes.ts'

/** A random tree whose objects are of random classes; the first objects are class objects. */
function expectMinimumRetained(objects: number, classes: number): void {
  const random = seededRandom(objects + classes)
  const dominators = Uint32Array.from({ length: objects + 1 }, (_, index) => (index < 2 ? 0 : random.below(index)))
  const classOf = Uint16Array.from(dominators, () => random.below(classes))
  const shallow = Uint32Array.from(dominators, (_, index) => (index === 0 ? 0 : 1 + random.below(9)))
  const sizes = { unit: 8, units: shallow.slice() }
  accumulateRetained(sizes, dominators)
  const standsFor = new Map([1, 2, 3].map((index) => [index, random.below(classes)]))
  const numbersOf = (index: number): number[] => [classOf[index], standsFor.get(index) ?? classOf[index]]
  const expected = new Float64Array(classes)
  const bytesOfClass = new Float64Array(classes)
  for (let index = 1; index <= objects; index++) {
    const above = new Set<number>()
    for (let at = dominators[index]; at !== 0; at = dominators[at])
      for (const number of numbersOf(at)) above.add(number)
    const stood = standsFor.get(index)
    for (const number of stood === undefined ? [classOf[index]] : [classOf[index], stood])
      if (!above.has(number)) expected[number] += sizes.units[index] * 8
    bytesOfClass[classOf[index]] += shallow[index] * 8
  }
  const memory = createMemory(objects * 16)
  const rows = fillChildRows(dominators, memory)
  const found = sumMinimumRetained(dominators, rows, classOf, sizes, standsFor, bytesOfClass, memory)
  expect([...found]).toEqual([...expected])
}

test('the sum over objects with no other of their class above them', () => {
  expectMinimumRetained(500, 3)
  expectMinimumRetained(5000, 40)
})

test('the same where objects have too many different classes above them for a number of 16 bits', () => {
  expectMinimumRetained(100_000, 3000)
})

test('a path of classes has one number, and is exceeded by more of them than 16 bits can tell apart', () => {
  const paths = new ClassPaths(70_000)
  const list = paths.step(EMPTY_PATH, 5)
  const node = paths.step(list, 7)
  expect([paths.step(EMPTY_PATH, 5), paths.step(list, 7), paths.step(node, 5), paths.step(node, 7)]).toEqual([
    list,
    node,
    node,
    node,
  ])
  for (let number = 0; number < 65_000; number++) paths.step(EMPTY_PATH, number)
  expect(paths.isExceeded).toBe(false)
  for (let number = 65_000; number < 66_000; number++) paths.step(EMPTY_PATH, number)
  expect(paths.isExceeded).toBe(true)
})
