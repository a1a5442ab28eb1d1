import { defineConfig } from 'vitest/config'

/** Whole dumps are analysed here, beside other tests on as many cores: patience. On two cores, one worker would be the default. */
export default defineConfig({ test: { testTimeout: 60_000, maxWorkers: 2 } })
