/** A thread that reads logs: a long one takes seconds, in which the server must go on answering. */
import { parentPort } from 'node:worker_threads'
import type { JstatLog, NotJstat } from '@heaptrail/jvm-text/jstat/log'
import { parseJstat } from '@heaptrail/jvm-text/jstat/parse'
import { jstatSeries } from '@heaptrail/jvm-text/jstat/series'
import { jstatSummary } from '@heaptrail/jvm-text/jstat/summary'
import { jstatRows } from '@heaptrail/jvm-text/jstat/window'
import { readBytes } from '../storage/files.ts'
import type { TextQuestion, TextReply, TextRequest } from './text-questions.ts'

/** Bytes of the texts whose logs are kept; a log takes some three times its text. */
const KEPT_BYTES = 64 * 2 ** 20

interface KeptLog {
  readonly log: JstatLog
  /** Of its text. */
  readonly bytes: number
}

/** By file; those that were asked for last, the latest last. */
const kept = new Map<string, KeptLog>()

parentPort?.on('message', (request: TextRequest) => parentPort?.postMessage(replyTo(request)))

function replyTo({ id, file, question }: TextRequest): TextReply {
  try {
    const found = kept.get(file) ?? read(file)
    if ('message' in found) return { id, kind: 'refused', problem: { message: found.message, line: found.line } }
    remember(file, found)
    return { id, kind: 'answer', answer: answer(found.log, question) }
  } catch (error) {
    return { id, kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function read(file: string): KeptLog | NotJstat {
  const bytes = readBytes(file)
  const log = parseJstat(bytes)
  return log.kind === 'not-jstat' ? log : { log, bytes: bytes.length }
}

function remember(file: string, log: KeptLog): void {
  kept.delete(file)
  kept.set(file, log)
  let bytes = kept.values().reduce((sum, one) => sum + one.bytes, 0)
  for (const [oldest, one] of kept) {
    if (bytes <= KEPT_BYTES || one === log) return
    kept.delete(oldest)
    bytes -= one.bytes
  }
}

function answer(log: JstatLog, question: TextQuestion): Extract<TextReply, { kind: 'answer' }>['answer'] {
  switch (question.kind) {
    case 'check':
      return null
    case 'summary':
      return jstatSummary(log)
    case 'series':
      return jstatSeries(log, question.query)
    case 'rows':
      return jstatRows(log, question.query)
  }
}
