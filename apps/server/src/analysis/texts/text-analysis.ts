/** A text is analysed by reading it once: what it cannot be read for is said now and not at the first question. */
import { MAX_TEXT_BYTES } from '@heaptrail/jvm-text/text'
import type { ArtifactRow } from '../../db/schema.ts'
import { ApiError } from '../../errors.ts'
import type { AnalysisTask, Outcome } from '../../jobs/jobs.ts'
import type { TextFile, TextKind } from './text-questions.ts'
import { TextRefused, type Texts } from './texts.ts'

const TOO_LARGE = `The text is larger than ${MAX_TEXT_BYTES / 2 ** 20} MiB, more than Heaptrail reads. Cut out the hours that matter.`

export interface TextAnalysisNeeds {
  readonly texts: Texts
  /** A text, a report about an incident perhaps, holds more than one kind: each becomes an artifact of its own. */
  readonly alsoHolds: (artifact: ArtifactRow, kinds: readonly TextKind[]) => Promise<void>
}

export async function checkText(
  { texts, alsoHolds }: TextAnalysisNeeds,
  text: TextFile,
  { artifact, onProgress }: AnalysisTask,
): Promise<Outcome> {
  onProgress('parse-text', 0)
  if (artifact.size > MAX_TEXT_BYTES) return { kind: 'failed', problem: { message: TOO_LARGE } }
  try {
    const kinds = await texts.ask(text, 'check', undefined)
    await alsoHolds(
      artifact,
      kinds.filter((kind) => kind !== text.kind),
    )
    return { kind: 'ready', partial: artifact.damage ?? undefined }
  } catch (error) {
    if (error instanceof TextRefused) return { kind: 'failed', problem: error.problem }
    if (error instanceof ApiError) return { kind: 'failed', problem: { message: error.message } }
    throw error
  }
}
