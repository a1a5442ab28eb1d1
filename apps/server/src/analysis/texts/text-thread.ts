/** A thread that reads texts: a long one takes half a second, in which the server must go on answering. */
import { parentPort } from 'node:worker_threads'
import { tellTextKinds } from '@heaptrail/jvm-text/kind'
import { readBytes } from '../../storage/files.ts'
import { findingsIn, growthFinding } from './finding-answers.ts'
import { besideDumpOf, growthOf, histogramPage } from './histogram-answers.ts'
import { csvOf, rowsOf, seriesOf, summaryOf } from './jstat-answers.ts'
import { NoSuchPart, NotReadable, keptLog, keptText } from './kept-texts.ts'
import { histogramFacts, jstatFacts, type TextFacts, topFacts } from './text-facts.ts'
import type {
  Answer,
  QuestionName,
  TextFile,
  TextKind,
  TextQuestion,
  TextReply,
  TextRequest,
} from './text-questions.ts'

parentPort?.on('message', (request: TextRequest) => parentPort?.postMessage(replyTo(request)))

function replyTo({ id, text, question }: TextRequest): TextReply {
  try {
    return { id, kind: 'answer', answer: answerOf(text, question) }
  } catch (error) {
    if (error instanceof NotReadable)
      return { id, kind: 'refused', problem: { message: error.message, line: error.line } }
    if (error instanceof NoSuchPart) return { id, kind: 'no-part', parts: error.parts }
    return { id, kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function answerOf(text: TextFile, { name, given }: TextQuestion): Answer<QuestionName> {
  const { file } = text
  switch (name) {
    case 'check':
      return check(text)
    case 'facts':
      return factsOf(text)
    case 'jstat-summary':
      return summaryOf(keptLog(file, given.part), given)
    case 'jstat-series':
      return seriesOf(keptLog(file, given.log.part), given.log, given.query)
    case 'jstat-rows':
      return rowsOf(keptLog(file, given.log.part), given.log, given.query)
    case 'jstat-csv':
      return csvOf(keptLog(file, given.log.part), given.log, given.query, given.offset, given.limit)
    case 'class-histogram':
      return histogramPage(file, given.part, given.query)
    case 'class-growth':
      return growthOf(given)
    case 'beside-dump':
      return besideDumpOf(file, given.part, given.dump, given.query)
    case 'top':
      return keptText({ file, kind: 'top-output' })
    case 'growth-finding':
      return growthFinding(given)
    case 'findings':
      return findingsIn(text, given)
  }
}

/** @throws NotReadable @returns the kinds that stand in the whole text for certain */
function check({ file, kind }: TextFile): TextKind[] {
  keptText({ file, kind })
  return tellTextKinds(readBytes(file)).flatMap((found) => (found.confidence === 'certain' ? [found.kind] : []))
}

function factsOf({ file, kind }: TextFile): TextFacts {
  switch (kind) {
    case 'jstat-log':
      return jstatFacts(keptText({ file, kind }))
    case 'class-histogram':
      return histogramFacts(keptText({ file, kind }))
    case 'top-output':
      return topFacts(keptText({ file, kind }))
  }
}
