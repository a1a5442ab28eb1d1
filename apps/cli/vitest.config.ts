import { defineConfig } from 'vitest/config'

// Every test here may start processes that use all cores for a moment.
export default defineConfig({ test: { maxConcurrency: 2, testTimeout: 60_000 } })
