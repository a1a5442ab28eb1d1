/** The texts that were asked for last, as they were read: reading a long one takes half a second, answering a millisecond. */
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import type { ClassHistograms, NotHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import type { JstatLog, JstatLogs, NotJstat } from '@heaptrail/jvm-text/jstat/log'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import type { Capacities } from '@heaptrail/jvm-text/jstat/spaces'
import type { NotTop, TopOutput } from '@heaptrail/jvm-text/top/output'
import { parseTop } from '@heaptrail/jvm-text/top/parse'
import { readBytes } from '../../storage/files.ts'
import { figuresOf } from './log-figures.ts'
import type { TextFile } from './text-questions.ts'

/** Bytes of the texts that are kept; what is read of one takes some three times its text, and once more when it was charted. */
const KEPT_BYTES = 64 * 2 ** 20

type ReadText = JstatLogs | ClassHistograms | TopOutput
type NotRead = NotJstat | NotHistogram | NotTop

/** The text is not of the kind as which it was to be read. */
export class NotReadable extends Error {
  readonly line: number | undefined

  constructor({ message, line }: NotRead) {
    super(message)
    this.line = line
  }
}

/** The text has fewer logs or histograms. */
export class NoSuchPart extends Error {
  readonly parts: number

  constructor(parts: number) {
    super(`there are ${parts} parts`)
    this.parts = parts
  }
}

interface Kept {
  readonly text: ReadText
  /** Of the text. */
  readonly bytes: number
  /** Part → what was derived from a log, for the capacities that were asked for last. */
  readonly figures: Map<number, { readonly capacities: string; readonly figures: Figures }>
}
type Figures = ReturnType<typeof figuresOf>

/** One log of a text. */
export interface KeptLog {
  readonly log: JstatLog
  /** All of the text. */
  readonly logs: readonly JstatLog[]
  readonly figures: (capacities: Capacities) => Figures
}

/** By kind and file; those that were asked for last, the latest last. */
const kept = new Map<string, Kept>()

/** @throws NotReadable */
export function keptText<Kind extends TextFile['kind']>({
  file,
  kind,
}: TextFile & { readonly kind: Kind }): TextOf[Kind] {
  // The parser of a kind gives texts of that kind; TypeScript cannot relate the two through the table.
  return keptOrRead({ file, kind }).text as TextOf[Kind]
}

interface TextOf {
  'jstat-log': JstatLogs
  'class-histogram': ClassHistograms
  'top-output': TopOutput
}

/** @throws NotReadable, NoSuchPart */
export function keptLog(file: string, part: number): KeptLog {
  const one = keptOrRead({ file, kind: 'jstat-log' })
  const logs = one.text.kind === 'jstat-logs' ? one.text.logs : []
  const log = logs[part]
  if (log === undefined) throw new NoSuchPart(logs.length)
  return { log, logs, figures: (capacities) => figuresFor(one, part, log, capacities) }
}

function figuresFor({ figures }: Kept, part: number, log: JstatLog, capacities: Capacities): Figures {
  const key = JSON.stringify(capacities)
  const known = figures.get(part)
  if (known?.capacities === key) return known.figures
  const fresh = figuresOf(log, capacities)
  figures.set(part, { capacities: key, figures: fresh })
  return fresh
}

function keptOrRead(text: TextFile): Kept {
  const key = `${text.kind} ${text.file}`
  const found = kept.get(key) ?? read(text)
  kept.delete(key)
  kept.set(key, found)
  let bytes = kept.values().reduce((sum, one) => sum + one.bytes, 0)
  for (const [oldest, one] of kept) {
    if (bytes <= KEPT_BYTES || one === found) break
    kept.delete(oldest)
    bytes -= one.bytes
  }
  return found
}

function read({ file, kind }: TextFile): Kept {
  const bytes = readBytes(file)
  const text = PARSERS[kind](bytes)
  if ('message' in text) throw new NotReadable(text)
  return { text, bytes: bytes.length, figures: new Map() }
}

const PARSERS = {
  'jstat-log': parseJstatLogs,
  'class-histogram': parseHistograms,
  'top-output': parseTop,
} satisfies Record<TextFile['kind'], (bytes: Uint8Array) => ReadText | NotRead>
