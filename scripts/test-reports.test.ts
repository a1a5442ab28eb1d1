import { expect, test } from 'vitest'
import { countPlaywright, countVitest, failedInPlaywright, failedInVitest } from './test-reports.ts'

const passed = { fullName: 'a sum', status: 'passed', failureMessages: [] }
const skipped = { fullName: 'a skip', status: 'skipped', failureMessages: [] }
const todo = { fullName: 'a plan', status: 'todo', failureMessages: [] }
const failed = { fullName: 'a product', status: 'failed', failureMessages: ['expected 5 to be 6', 'again'] }
const unsteady = { fullName: 'a race', status: 'passed', failureMessages: ['expected 1 to be 2'] }
const unread = { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }

test("Vitest's report is counted test by test", () => {
  const counts = countVitest({
    testResults: [
      { name: 'a.test.ts', status: 'passed', message: '', assertionResults: [passed, skipped, todo] },
      { name: 'b.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    ],
  })
  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('a file that cannot be loaded counts as a failure', () => {
  expect(countVitest({ testResults: [unread] }).failed).toBe(1)
})

test("Vitest's failed tests are named with their first message, also those that passed at the second try", () => {
  const assertionResults = [passed, failed, unsteady]
  expect(
    failedInVitest({ testResults: [{ name: 'b.test.ts', status: 'failed', message: '', assertionResults }, unread] }),
  ).toEqual([
    { name: 'b.test.ts › a product', message: 'expected 5 to be 6', passedAfterwards: false },
    { name: 'b.test.ts › a race', message: 'expected 1 to be 2', passedAfterwards: true },
    { name: 'c.test.ts', message: 'no such module', passedAfterwards: false },
  ])
})

test("Playwright's report counts flaky tests as passed and a crash before the first test as failed", () => {
  const suites: [] = []
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 1 }
  expect(countPlaywright({ stats, errors: [], suites })).toEqual({ passed: 4, failed: 2, skipped: 1 })
  const nothing = { expected: 0, flaky: 0, unexpected: 0, skipped: 0 }
  expect(countPlaywright({ stats: nothing, errors: [{}], suites }).failed).toBe(1)
})

test("Playwright's failed tests are named with their suites, crashes too", () => {
  const tried = (status: string, ...messages: (string | undefined)[]) => ({
    status,
    results: messages.map((message) => (message === undefined ? {} : { error: { message } })),
  })
  const specs = [
    { title: 'opens', tests: [tried('expected', undefined)] },
    { title: 'closes', tests: [tried('flaky', 'took too long', undefined)] },
  ]
  const inner = { title: 'dark', specs: [{ title: 'shines', tests: [tried('unexpected', 'no light', 'none')] }] }
  const stats = { expected: 1, flaky: 1, unexpected: 1, skipped: 0 }
  expect(
    failedInPlaywright({
      stats,
      errors: [{ message: 'no browser' }],
      suites: [{ title: 'door.spec.ts', specs, suites: [inner] }],
    }),
  ).toEqual([
    { name: 'Playwright', message: 'no browser', passedAfterwards: false },
    { name: 'door.spec.ts › closes', message: 'took too long', passedAfterwards: true },
    { name: 'door.spec.ts › dark › shines', message: 'no light', passedAfterwards: false },
  ])
})
