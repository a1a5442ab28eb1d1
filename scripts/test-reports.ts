/** Where the test runners leave their JSON reports, and what they add up to. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Vitest writes its report here, relative to the workspace; a second run in the same workspace needs another name. */
export const REPORT_ARGUMENTS = reportArguments('unit')
export const API_REPORT_ARGUMENTS = reportArguments('api')
/** Playwright's report, relative to the root; playwright.config.ts names the same file. */
export const BROWSER_REPORT = 'apps/e2e/test-results/report-browser.json'

function reportArguments(name: string): string[] {
  return [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/report-${name}.json`,
    '--passWithNoTests',
    // A busy machine is no failure; what hangs is killed all the same.
    '--testTimeout=60000',
  ]
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
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

/** Takes away the reports of an earlier run, so that only this one is counted. */
export function removeReports(root: string): void {
  for (const file of reportFiles(root)) rmSync(file)
}

export function countReports(root: string): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of reportFiles(root)) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport | PlaywrightReport
    const counts = 'stats' in report ? countPlaywright(report) : countVitest(report)
    sum.passed += counts.passed
    sum.failed += counts.failed
    sum.skipped += counts.skipped
  }
  return sum
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
