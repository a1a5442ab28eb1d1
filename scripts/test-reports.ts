/** Where the test runners leave their JSON reports, and what they add up to. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Vitest writes its report here, relative to the workspace; a second run in the same workspace needs another name. */
export const REPORT_ARGUMENTS = reportArguments('unit', 60)
/** These start servers, databases and processes. */
export const API_REPORT_ARGUMENTS = reportArguments('api', 180)
/** Playwright's report, relative to the root; playwright.config.ts names the same file. */
export const BROWSER_REPORT = 'apps/e2e/test-results/report-browser.json'

function reportArguments(name: string, seconds: number): string[] {
  return [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/report-${name}.json`,
    '--passWithNoTests',
    // A busy machine is no failure; what hangs is killed all the same.
    `--testTimeout=${seconds * 1000}`,
    // The same holds for what fails once on such a machine; it is named at the end (`testsThatFailed`).
    '--retry=1',
  ]
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  testResults: VitestFile[]
}
interface VitestFile {
  name: string
  status: string
  /** Why the file could not be loaded. */
  message: string
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: { message?: string }[]
  suites: PlaywrightSuite[]
}
interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: { title: string; tests: { status: string; results: { error?: { message?: string } }[] }[] }[]
}

/** A test that failed, at least at its first try. */
export interface TestThatFailed {
  /** File and title. */
  readonly name: string
  readonly message: string
  /** It passed at its second try. */
  readonly passedAfterwards: boolean
}

export function countVitest(report: VitestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.testResults) {
    const tests = file.assertionResults
    // A file that cannot even be loaded has no tests and must not pass for green.
    if (file.status === 'failed' && tests.every(({ status }) => status !== 'failed')) counts.failed++
    for (const { status } of tests) {
      if (status === 'passed') counts.passed++
      else if (status === 'failed') counts.failed++
      else counts.skipped++
    }
  }
  return counts
}

export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  const failed = stats.unexpected + (stats.unexpected === 0 ? errors.length : 0)
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped }
}

/** The tests of a report of Vitest that failed, those included that passed when they were tried again. */
export function failedInVitest({ testResults }: VitestReport): TestThatFailed[] {
  return testResults.flatMap((file) => {
    const failed = file.assertionResults
      .filter(({ failureMessages }) => failureMessages.length > 0)
      .map(({ fullName, status, failureMessages }) => ({
        name: `${file.name} › ${fullName}`,
        message: failureMessages[0] ?? '',
        passedAfterwards: status === 'passed',
      }))
    const unread = file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')
    return unread ? [...failed, { name: file.name, message: file.message, passedAfterwards: false }] : failed
  })
}

export function failedInPlaywright({ suites, errors }: PlaywrightReport): TestThatFailed[] {
  const crashes = errors.map(({ message = '' }) => ({ name: 'Playwright', message, passedAfterwards: false }))
  return [...crashes, ...suites.flatMap((suite) => failedInSuite(suite, ''))]
}

function failedInSuite(suite: PlaywrightSuite, above: string): TestThatFailed[] {
  const here = above === '' ? suite.title : `${above} › ${suite.title}`
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => ({
        name: `${here} › ${spec.title}`,
        message: results.find(({ error }) => error !== undefined)?.error?.message ?? '',
        passedAfterwards: status === 'flaky',
      })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => failedInSuite(inner, here))]
}

/** Takes away the reports of an earlier run, so that only this one is counted. */
export function removeReports(root: string): void {
  for (const file of reportFiles(root)) rmSync(file)
}

export function countReports(root: string): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const report of readReports(root)) {
    const counts = 'stats' in report ? countPlaywright(report) : countVitest(report)
    sum.passed += counts.passed
    sum.failed += counts.failed
    sum.skipped += counts.skipped
  }
  return sum
}

/** For the end of the output: whoever sees only that must learn what failed. */
export function testsThatFailed(root: string): TestThatFailed[] {
  return readReports(root).flatMap((report) =>
    'stats' in report ? failedInPlaywright(report) : failedInVitest(report),
  )
}

function readReports(root: string): (VitestReport | PlaywrightReport)[] {
  return reportFiles(root).map((file) => JSON.parse(readFileSync(file, 'utf8')) as VitestReport | PlaywrightReport)
}

/** Reports of all workspaces and of the root. */
function reportFiles(root: string): string[] {
  const workspaces = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  )
  return [...workspaces, '.'].flatMap((folder) => {
    const results = join(root, folder, 'test-results')
    if (!existsSync(results)) return []
    return readdirSync(results)
      .filter((name) => /^report-.*\.json$/.test(name))
      .map((name) => join(results, name))
  })
}
