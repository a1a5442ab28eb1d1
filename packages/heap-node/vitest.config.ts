import { defineConfig } from 'vitest/config'

/** Whole dumps are analysed here, beside other tests on as many cores: patience. */
export default defineConfig({ test: { testTimeout: 60_000 } })
