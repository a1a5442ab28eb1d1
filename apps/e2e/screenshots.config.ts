/** `npm run screenshots -w apps/e2e`: the pictures of docs/screenshots, from the demo case. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'screenshots',
  outputDir: 'test-results/artifacts',
  workers: 1,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
})
