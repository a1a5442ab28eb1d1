import type { SkippedLine } from '@heaptrail/jvm-text/text'
import type { ArtifactFacts } from '../artifacts.ts'

/** What the reports of all texts have. */
export interface TextFacts {
  readonly name: string
  readonly archive: string | null
  readonly status: 'ready' | 'partial'
  readonly partial: { readonly message: string; readonly byte: number } | null
  /** The first hundred. */
  readonly skipped: readonly SkippedLine[]
  readonly skippedTotal: number
}

const SKIPPED_SHOWN = 100

export function textFacts(
  { name, archive, damage }: ArtifactFacts,
  { skipped, skippedTotal }: Pick<TextFacts, 'skipped' | 'skippedTotal'>,
): TextFacts {
  return {
    name,
    archive: archive ?? null,
    status: damage === undefined ? 'ready' : 'partial',
    partial: damage ?? null,
    skipped: skipped.slice(0, SKIPPED_SHOWN),
    skippedTotal,
  }
}
