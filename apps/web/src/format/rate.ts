/** Rates, from KB of 1,024 bytes. */
import { formatBytes } from './bytes.ts'

/** `2048` → `2.0 MiB/s`; per row where the log has no clock. */
export function formatRate(kb: number, per: string): string {
  return `${formatBytes(kb * 1024)}/${per}`
}
