import { DEFAULT_LIMITS } from '@heaptrail/intake/limits'
import type { Config } from '../src/env.ts'
import { DEFAULT_REQUEST_LIMITS } from '../src/request-limits.ts'

export function testConfig(dataDirectory: string, changes: Partial<Config> = {}): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDirectory,
    databaseUrl: undefined,
    importDirectory: undefined,
    publicUrl: undefined,
    accessKey: undefined,
    logLevel: 'error',
    analyses: 1,
    maxUploadBytes: 2 ** 40,
    unpackLimits: DEFAULT_LIMITS,
    minFreeBytes: 2 ** 28,
    quotaBytes: undefined,
    retentionDays: undefined,
    requestLimits: DEFAULT_REQUEST_LIMITS,
    ...changes,
  }
}
