/**
 * Reads logs of jstat as people paste them: of JDK 5 to 25 and all options that tell about collections, with and without
 * `-t`, with prompts, repeated headers and other text in between, in the JVM's locale, cut off anywhere.
 */
import { MAX_TEXT_BYTES, decodeText, linesOf } from '../text.ts'
import { logsOfTable } from './build.ts'
import type { JstatLogs, NotJstat } from './log.ts'
import { LogReader } from './reader.ts'

/** All logs of a text. */
export function parseJstatLogs(bytes: Uint8Array): JstatLogs | NotJstat {
  if (bytes.length > MAX_TEXT_BYTES)
    return refusal('The file is larger than any jstat log (128 MiB is the limit here).')
  const text = decodeText(bytes)
  const reader = new LogReader(text)
  for (const line of linesOf(text)) reader.readLine(line)
  const logs = reader.tables.flatMap((table) => (table.rows === 0 ? [] : logsOfTable(table, reader.skipped)))
  if (logs.length === 0) return refuse(reader, text)
  logs.sort((a, b) => a.lines[0]! - b.lines[0]!)
  return { kind: 'jstat-logs', logs, skipped: reader.skipped.listed, skippedTotal: reader.skipped.total }
}

const EXPECTED =
  'A log of `jstat -gcutil`, or of another option of jstat about collections, was expected: a header line like `S0 S1 E O … GCT` and rows of numbers below it.'

function refuse({ tables, otherOption, cutHeader }: LogReader, text: string): NotJstat {
  const [table] = tables
  if (table !== undefined) {
    return refusal(`There is a header of \`jstat -${table.header.option}\`, but no complete row of numbers below it.`)
  }
  if (otherOption !== undefined) {
    const { option, line } = otherOption
    return refusal(`This is a log of \`jstat -${option}\`, which says nothing about collections. ${EXPECTED}`, line)
  }
  if (cutHeader !== undefined) return refusal(`${EXPECTED} The header here is cut off.`, cutHeader)
  if (text.trim() === '') return refusal(`${EXPECTED} The file is empty.`)
  return refusal(`${EXPECTED} No such header was found.`)
}

function refusal(message: string, line?: number): NotJstat {
  return { kind: 'not-jstat', message, line }
}
