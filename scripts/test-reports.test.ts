import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './test-reports.ts'

test("Vitest's report is counted test by test", () => {
  const counts = countVitest({
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }, { status: 'todo' }] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    ],
  })
  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('a file that cannot be loaded counts as a failure', () => {
  expect(countVitest({ testResults: [{ status: 'failed', assertionResults: [] }] }).failed).toBe(1)
})

test("Playwright's report counts flaky tests as passed and a crash before the first test as failed", () => {
  expect(countPlaywright({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 1 }, errors: [] })).toEqual({
    passed: 4,
    failed: 2,
    skipped: 1,
  })
  expect(countPlaywright({ stats: { expected: 0, flaky: 0, unexpected: 0, skipped: 0 }, errors: [{}] }).failed).toBe(1)
})
