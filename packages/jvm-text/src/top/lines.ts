/** The lines of top: its head, the titles of the columns, and the rows. */
import { readStamp } from '../stamp.ts'
import type { TopRow, TopSample } from './output.ts'
import { bytesOf, numberOf, secondsOf } from './values.ts'

/** Titles in the order in which they stand, without the last, which is that of the command. */
export interface TopColumns {
  readonly titles: readonly string[]
  /** What stands before each line, e.g. `> ` in a mail. */
  readonly prefix: string
}

const COLUMN_LINE = /^(.*?)(?<!\S)PID\s+(\S.*?)\s+(?:COMMAND|Command|CMD)$/

/**
 * The titles of the columns, of procps of all ages (`VIRT RES`), of busybox (`VSZ`) and htop (`CPU%`); undefined for
 * other lines, also for those of ps, whose first column is another.
 */
export function readColumns(line: string): TopColumns | undefined {
  const match = line.includes('PID') ? COLUMN_LINE.exec(line) : null
  if (match === null) return undefined
  const titles = ['PID', ...match[2]!.split(/\s+/)]
  const isTop = titles.some((title) => CPU.has(title)) && titles.some((title) => VIRTUAL.has(title))
  const prefix = match[1]!.trim()
  return isTop && /^(?:.{0,100}[>:|#])?$/.test(prefix) ? { titles, prefix } : undefined
}

const VIRTUAL: ReadonlySet<string> = new Set(['VIRT', 'VSZ', 'SIZE'])
const RESIDENT: ReadonlySet<string> = new Set(['RES', 'RSS'])
const CPU: ReadonlySet<string> = new Set(['%CPU', 'CPU%'])
const MEMORY: ReadonlySet<string> = new Set(['%MEM', 'MEM%'])
const TIME: ReadonlySet<string> = new Set(['TIME+', 'TIME'])
const USER: ReadonlySet<string> = new Set(['USER'])

export type RowReading =
  | { readonly kind: 'row'; readonly row: TopRow }
  | { readonly kind: 'cut-off'; readonly fields: number }
  | { readonly kind: 'other' }

/** Reads a line below the titles. */
export function readRow(words: string, titles: readonly string[], line: number): RowReading {
  const fields = words.split(/\s+/, titles.length)
  if (!/^\d{1,10}$/.test(fields[0] ?? '')) return { kind: 'other' }
  const behind = new RegExp(String.raw`^(?:\S+\s+){${titles.length}}`).exec(words)
  if (behind === null) return { kind: 'cut-off', fields: fields.length }
  const field = (names: ReadonlySet<string>): string => fields[titles.findIndex((title) => names.has(title))] ?? ''
  const row = {
    line,
    id: Number(fields[0]),
    user: field(USER) || undefined,
    virtualBytes: bytesOf(field(VIRTUAL)),
    residentBytes: bytesOf(field(RESIDENT)),
    cpuPercent: numberOf(field(CPU)),
    memoryPercent: numberOf(field(MEMORY)),
    cpuSeconds: secondsOf(field(TIME)),
    command: words.slice(behind[0].length),
  }
  return Number.isNaN(row.virtualBytes) || Number.isNaN(row.cpuPercent) ? { kind: 'other' } : { kind: 'row', row }
}

/** What the lines above the titles say. */
export interface TopHead {
  /** Whether only the first line of a screen looks like this. */
  readonly isFirst: boolean
  readonly timeOfDay?: number
  readonly threads?: boolean
  readonly memoryBytes?: TopSample['memoryBytes']
}

const HEAD = /^(?:Tasks|Threads|%?Cpu(?:\(s\)|\d+)|CPU|Load average|(?:[KMGTPE]iB )?(?:Mem|Swap))\s*:/

/** Undefined for lines that are no head of top. */
export function readHead(line: string): TopHead | undefined {
  if (/^top - \d/.test(line)) {
    const time = readStamp(line, 'top - '.length)
    return time?.kind === 'time-of-day' ? { isFirst: true, timeOfDay: time.milliseconds } : { isFirst: true }
  }
  if (!HEAD.test(line)) return undefined
  if (line.startsWith('Threads')) return { isFirst: false, threads: true }
  const memory = readMemory(line)
  return memory === undefined ? { isFirst: false } : { isFirst: false, memoryBytes: memory }
}

/** `Mem:  32850724k total, … 882016k free`, `MiB Mem :  24105.6 total,  21447.8 free`. */
function readMemory(line: string): TopSample['memoryBytes'] | undefined {
  const title = /^(?:([KMGTPE])iB )?Mem\s*:/.exec(line)
  if (title === null) return undefined
  const amount = (name: string): number | undefined => {
    const match = new RegExp(String.raw`(\d+(?:[.,]\d+)?)\s*([kKmMgGtT]?)\+?\s+${name}\b`).exec(line)
    if (match === null) return undefined
    const bytes = bytesOf(`${match[1]}${match[2] === '' ? (title[1] ?? 'k') : match[2]}`)
    return Number.isNaN(bytes) ? undefined : bytes
  }
  return { total: amount('total'), free: amount('free') }
}
