import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.ts'
import { BROWSER_REPORT } from './scripts/test-reports.ts'

const executablePath = findChromium()

/** Every spec starts its own server (apps/e2e): on a free port, with a data directory of its own. */
export default defineConfig({
  testDir: 'apps/e2e/tests',
  outputDir: 'apps/e2e/test-results/artifacts',
  snapshotPathTemplate: 'apps/e2e/looks/{arg}{ext}',
  workers: 1,
  timeout: 240_000,
  // A machine that is busy with others may let a wait run out; what fails twice is a fault. The report counts both.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: BROWSER_REPORT }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    },
  },
})
