import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { printFailures, runSteps } from './steps.ts'

let printed: string[]

beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('a failing step shows its output and what helps, and the next one runs all the same', async () => {
  const outcomes = await runSteps([
    {
      name: 'format',
      command: ['node', '-e', 'console.error("two files are not formatted"); process.exit(1)'],
      help: 'npm run format',
    },
    { name: 'types', command: ['node', '-e', 'console.log("not worth a line")'], help: 'npm run typecheck' },
  ])
  expect(outcomes.map(({ failed }) => failed)).toEqual([true, false])
  expect(printed.join('\n')).toMatch(
    /two files are not formatted\s+✗ format \(\d+\.\d s\) {2}→ npm run format\n✓ types/,
  )
  expect(printed.join('\n')).not.toContain('not worth a line')
  printFailures(outcomes)
  expect(printed.at(-1)).toContain('format: npm run format')
})

test('a program that is not there is a failure, not a crash', async () => {
  const outcomes = await runSteps([{ name: 'lint', command: ['no-such-program'], help: 'npm ci' }])
  expect(outcomes).toMatchObject([{ failed: true }])
})

test('a step that hangs is killed with all that it started', async () => {
  const endless = 'setInterval(() => {}, 1000)'
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', '${endless}'], { stdio: 'inherit' }); ${endless}`
  const outcomes = await runSteps([{ name: 'browser tests', command: ['node', '-e', parent], help: '', minutes: 0.01 }])
  expect(outcomes).toMatchObject([{ failed: true }])
  expect(printed.join('\n')).toContain('Killed after 0.01 minutes.')
})
