/** What came of an input: one entry for each thing in it. */

export type ArtifactKind = 'heap-dump' | 'jstat-log' | 'class-histogram' | 'top-output' | 'unknown'

/** What was wrong with an input, as a sentence, and the byte of the unpacked (or, for a whole archive, packed) input where. */
export interface Damage {
  readonly message: string
  readonly byte: number
}

interface EntryFacts {
  /** For display only: the last part of the entry's path without control characters, at most 200 characters. */
  readonly name: string
  /** Display name of the archive that it came in; archives in archives are joined with ` › `. */
  readonly archive: string | undefined
  readonly kind: ArtifactKind
}

export type IntakeEntry = EntryFacts &
  (
    | { readonly outcome: 'stored'; readonly size: number; readonly sha256: string }
    /** What could be unpacked is stored; `damage.byte` is where, in the stored bytes, the trouble was noticed. */
    | { readonly outcome: 'damaged'; readonly size: number; readonly sha256: string; readonly damage: Damage }
    | {
        readonly outcome: 'skipped'
        /** Bytes when the archive tells. */
        readonly size: number | undefined
        readonly reason: string
        /** Directories and the companion files of macOS: nothing a person would miss in a list. */
        readonly trivial: boolean
      }
  )

export interface IntakeReport {
  readonly entries: readonly IntakeEntry[]
  /** The archive itself is damaged, or a limit was reached, beside or behind the entries listed. */
  readonly damage: Damage | undefined
  /** A sentence for people, set when nothing was stored. */
  readonly problem: string | undefined
}
