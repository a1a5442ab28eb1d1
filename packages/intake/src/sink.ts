import type { ArtifactKind, Damage } from './report.ts'

/** What is known of an artifact before its bytes arrive. */
export interface ArtifactLabel {
  readonly name: string
  readonly archive: string | undefined
  readonly kind: ArtifactKind
  /** The artifact is the input file itself, byte for byte: a sink may take over that file instead of writing a copy. */
  readonly isInput: boolean
}

export interface ArtifactFacts {
  readonly size: number
  readonly sha256: string
  readonly damage: Damage | undefined
}

/** Either `finish` or `discard` is called, once, as the last call. Errors thrown here end the unpacking. */
export interface ArtifactWriter {
  /** It reads no chunk any more once `write` is fulfilled. */
  readonly keepsNothing?: boolean
  /** The chunk may be kept. The next one comes when the promise is fulfilled. */
  write(chunk: Uint8Array): Promise<void>
  finish(facts: ArtifactFacts): Promise<void>
  discard(): Promise<void>
}

/** Gives a place for every artifact found. Artifacts come one after the other, never two at once. */
export interface ArtifactSink {
  create(label: ArtifactLabel): Promise<ArtifactWriter>
}
