/** A text is analysed by reading it once: what it cannot be read for is said now and not at the first question. */
import { MAX_TEXT_BYTES } from '@heaptrail/jvm-text/text'
import { ApiError } from '../errors.ts'
import type { AnalysisTask, Outcome } from '../jobs/jobs.ts'
import { TextRefused, type Texts } from './texts.ts'

const TOO_LARGE = `The text is larger than ${MAX_TEXT_BYTES / 2 ** 20} MiB, more than Heaptrail reads. Cut out the hours that matter.`

export async function checkText(texts: Texts, file: string, { artifact, onProgress }: AnalysisTask): Promise<Outcome> {
  onProgress('parse-text', 0)
  if (artifact.size > MAX_TEXT_BYTES) return { kind: 'failed', problem: { message: TOO_LARGE } }
  try {
    await texts.ask(file, { kind: 'check' })
    return { kind: 'ready', partial: artifact.damage ?? undefined }
  } catch (error) {
    if (error instanceof TextRefused) return { kind: 'failed', problem: error.problem }
    if (error instanceof ApiError) return { kind: 'failed', problem: { message: error.message } }
    throw error
  }
}
