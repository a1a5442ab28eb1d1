/** The lines of a class histogram. */

/** HotSpot prints `class name`, its serviceability agent (`jmap -F`, `jhsdb`) `Class description`. */
const HEADER = /^(.*?)num\s+#instances\s+#bytes\s+class (?:name|description)/i
const ROW = /^(\d{1,9}):\s+(\d{1,15})\s+(\d{1,15})\s+(\S.*)$/s
/** A row that stops before its class. */
const CUT_ROW = /^\d{1,9}:(?:\s+\d{1,15}){1,2}$/
const TOTAL = /^Total\s*:?\s+(\d{1,15})\s+(\d{1,15})$/
const RULE = /^-{5,}$/

export type HistogramLine =
  /** @property prefix what stands before each line, e.g. `> ` in a mail or the file name that grep prints. */
  | { readonly kind: 'header'; readonly prefix: string }
  | {
      readonly kind: 'row'
      readonly rank: number
      readonly instances: number
      readonly bytes: number
      readonly className: string
    }
  | { readonly kind: 'cut-row' }
  | { readonly kind: 'total'; readonly instances: number; readonly bytes: number }
  | { readonly kind: 'rule' }

/** @param line without blanks around it. */
export function readHistogramLine(line: string): HistogramLine | undefined {
  const code = line.charCodeAt(0)
  if (code >= 48 && code <= 57) {
    const row = ROW.exec(line)
    if (row !== null) {
      return {
        kind: 'row',
        rank: Number(row[1]),
        instances: Number(row[2]),
        bytes: Number(row[3]),
        className: row[4]!,
      }
    }
    if (CUT_ROW.test(line)) return { kind: 'cut-row' }
  }
  const header = line.includes('#instances') ? HEADER.exec(line) : null
  if (header !== null) return { kind: 'header', prefix: header[1]!.trim() }
  const total = TOTAL.exec(line)
  if (total !== null) return { kind: 'total', instances: Number(total[1]), bytes: Number(total[2]) }
  return RULE.test(line) ? { kind: 'rule' } : undefined
}

/** A typed `jmap -histo:live 13205` or `jcmd 13205 GC.class_histogram -all`, or the line `13205:` that jcmd prints. */
export function readHistogramCommand(
  line: string,
): { readonly counted: 'live' | 'all' | 'unknown'; readonly pid: number | undefined } | undefined {
  const jmap = /\bjmap\b.*?\s-(?:F\s+-)?histo(:\S*)?(?:.*?\s(\d+)\b)?/.exec(line)
  if (jmap !== null) return { counted: /\blive\b/.test(jmap[1] ?? '') ? 'live' : 'all', pid: toNumber(jmap[2]) }
  const jcmd = /\bjcmd\s+(?:(\d+)|\S+)\s+GC\.class_histogram\b(.*)/.exec(line)
  if (jcmd !== null) return { counted: /\s-all\b/.test(jcmd[2]!) ? 'all' : 'live', pid: toNumber(jcmd[1]) }
  const pid = /^(\d{1,10}):$/.exec(line)?.[1]
  return pid === undefined ? undefined : { counted: 'unknown', pid: Number(pid) }
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
