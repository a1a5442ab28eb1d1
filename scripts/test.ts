/** `npm test`: the check, the API tests and the browser tests; ends with one line that counts all tests. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { CHECK_STEPS } from './check-steps.ts'
import { ROOT, type Step, printFailures, runSteps } from './steps.ts'
import {
  API_REPORT_ARGUMENTS,
  type TestThatFailed,
  countReports,
  removeReports,
  testsThatFailed,
} from './test-reports.ts'

const SLOW_STEPS: readonly Step[] = [
  {
    name: 'API tests',
    command: ['turbo', 'run', 'test:api', '--concurrency=1', '--continue', '--', ...API_REPORT_ARGUMENTS],
    help: 'npm run test:api -w apps/server (or -w apps/cli)',
    live: true,
    minutes: 30,
  },
  { name: 'web build', command: ['node', 'scripts/build-web.ts'], help: 'npm run build -w apps/web' },
  {
    name: 'Chromium',
    command: ['node', 'scripts/ensure-chromium.ts'],
    help: 'node scripts/ensure-chromium.ts',
    live: true,
  },
  {
    name: 'browser tests',
    command: ['playwright', 'test', '--forbid-only', '--pass-with-no-tests'],
    help: 'npx playwright test <spec> --headed',
    live: true,
    minutes: 60,
  },
]

/** The first lines of a message say what was expected where. */
const MESSAGE_LINES = 12

removeReports(ROOT)
const outcomes = await runSteps([...CHECK_STEPS, ...SLOW_STEPS])
const counts = countReports(ROOT)
printFailures(outcomes)
printTestsThatFailed(testsThatFailed(ROOT))

const brokenSteps = outcomes.filter(({ failed }) => failed).length
// A step can fail without a failed test (lint, types, a crash): then the line must not read "0 failed".
const failed = Math.max(counts.failed, brokenSteps)
if (counts.passed === 0) console.log('\nNo test ran at all; that counts as a failure.')
// Tests of ours are skipped only where the machine lacks what they need.
if (counts.skipped > 0) {
  const large = process.env.HEAPTRAIL_FIXTURES ? '' : 'the large set of fixtures (HEAPTRAIL_FIXTURES), '
  console.log(
    `\n${counts.skipped} tests were skipped for want of ${large}Debian's package postgresql, root (a full disk is tested on one that is mounted), or the fonts and the Chromium of the pictures in apps/e2e/looks (npm run looks -w apps/e2e takes new ones).`,
  )
}
const summary = `${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`
mkdirSync(join(ROOT, 'test-results'), { recursive: true })
writeFileSync(join(ROOT, 'test-results', 'summary.txt'), `${summary}\n`)
console.log(summary)
if (failed > 0 || counts.passed === 0) process.exitCode = 1

function printTestsThatFailed(tests: readonly TestThatFailed[]): void {
  for (const { name, message, passedAfterwards } of tests) {
    console.log(`\n${passedAfterwards ? 'Failed once, passed at the second try' : 'Failed'}: ${name.replace(ROOT, '')}`)
    const lines = stripVTControlCharacters(message).split('\n').slice(0, MESSAGE_LINES)
    for (const line of lines) console.log(`  ${line}`)
  }
}
