/** A thread that reads logs: a long one takes seconds, in which the server must go on answering. */
import { parentPort } from 'node:worker_threads'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { parseJstat } from '@heaptrail/jvm-text/jstat/parse'
import { jstatSeries } from '@heaptrail/jvm-text/jstat/series'
import { jstatSummary } from '@heaptrail/jvm-text/jstat/summary'
import { jstatRows } from '@heaptrail/jvm-text/jstat/window'
import { readBytes } from '../storage/files.ts'
import type { TextQuestion, TextReply, TextRequest } from './text-questions.ts'

/** Logs that were asked for last, the latest last; each is some 10 bytes per character of its text. */
const KEPT = 8
const logs = new Map<string, JstatLog>()

parentPort?.on('message', (request: TextRequest) => parentPort?.postMessage(replyTo(request)))

function replyTo({ id, file, question }: TextRequest): TextReply {
  try {
    const log = logs.get(file) ?? parseJstat(readBytes(file))
    if (log.kind === 'not-jstat') return { id, kind: 'refused', problem: { message: log.message, line: log.line } }
    remember(file, log)
    return { id, kind: 'answer', answer: answer(log, question) }
  } catch (error) {
    return { id, kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function remember(file: string, log: JstatLog): void {
  logs.delete(file)
  logs.set(file, log)
  const [oldest] = logs.keys()
  if (logs.size > KEPT && oldest !== undefined) logs.delete(oldest)
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
