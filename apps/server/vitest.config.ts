import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // The tests of `test/` start real servers, each with a database.
    globalSetup: process.argv.includes('src') ? [] : ['./test/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})
