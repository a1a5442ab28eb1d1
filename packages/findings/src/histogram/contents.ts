/** What takes most of a class histogram, and the first class of the own packages. */
import type { Finding, FindingOf } from '@heaptrail/api/findings'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { isOwnClass } from './class-names.ts'
import { shareOf } from './rows.ts'

export function histogramFindings(histogram: ClassHistogram): Finding[] {
  const found = histogramContents(histogram)
  return found === undefined ? [] : [found]
}

function histogramContents(histogram: ClassHistogram): FindingOf<'histogram-contents'> | undefined {
  const { names, instances, bytes, lines, total, sum, counted } = histogram
  const largest = bytes.reduce((most, value, row) => (value > bytes[most]! ? row : most), 0)
  const own = names.findIndex(isOwnClass)
  const totalBytes = total?.bytes ?? sum.bytes
  if (totalBytes === 0) return undefined
  const last = own === -1 ? largest : Math.max(own, largest)
  return {
    id: 'histogram-contents',
    severity: 'info',
    parameters: {
      className: names[largest]!,
      instances: instances[largest]!,
      bytes: bytes[largest]!,
      share: shareOf(bytes[largest]!, totalBytes),
      totalBytes,
      own: own === -1 ? null : { className: names[own]!, instances: instances[own]!, bytes: bytes[own]! },
      counted,
    },
    occurrences: 1,
    evidence: {
      fromRow: largest + 1,
      toRow: last + 1,
      fromLine: lines[largest]!,
      toLine: lines[last]!,
      columns: ['instances', 'bytes'],
    },
  }
}
