import type { Finding } from './finding.ts'
import type { HeapReport } from './heap-report.ts'
import type { HistogramReport } from './histogram-report.ts'
import type { JstatReport } from './jstat-report.ts'
import type { TopReport } from './top-report.ts'

/** What `analyze` says of one artifact. */
export type Report = HeapReport | JstatReport | HistogramReport | TopReport | NotRead

/** `skipped`: of an unknown kind. `failed`: of a known kind, but too damaged. */
export interface NotRead {
  readonly kind: 'heap-dump' | 'jstat-log' | 'class-histogram' | 'top-output' | 'unknown'
  readonly name: string
  readonly archive: string | null
  readonly status: 'skipped' | 'failed'
  readonly reason: string
  readonly findings: readonly Finding[]
}
