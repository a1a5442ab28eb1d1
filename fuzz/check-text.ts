/** Text evidence: every parser answers whatever the bytes, and what it reads has a plausible number of rows. */
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { tellTextKind } from '@heaptrail/jvm-text/kind'
import { parseTop } from '@heaptrail/jvm-text/top/parse'
import { isSentence } from './sentence.ts'

export type TextOutcome = 'read' | 'refused'

export function checkText(bytes: Uint8Array): TextOutcome {
  const logs = parseJstatLogs(bytes)
  if (logs.kind === 'not-jstat') isSentence(logs.message)
  else for (const log of logs.logs) expectRows(log.rows, Object.values(log.values), bytes)
  const histograms = parseHistograms(bytes)
  if (histograms.kind === 'not-histogram') isSentence(histograms.message)
  else for (const { rows, names, bytes: sizes } of histograms.histograms) expectRows(rows, [names, sizes], bytes)
  const top = parseTop(bytes)
  if (top.kind === 'not-top') isSentence(top.message)
  return tellTextKind(bytes) === 'unknown' ? 'refused' : 'read'
}

function expectRows(rows: number, columns: readonly (ArrayLike<unknown> | undefined)[], bytes: Uint8Array): void {
  if (rows > bytes.length) throw new Error(`${rows} rows of ${bytes.length} bytes`)
  const other = columns.find((column) => column?.length !== rows)
  if (other !== undefined) throw new Error(`a column of ${other.length} in a table of ${rows} rows`)
}
