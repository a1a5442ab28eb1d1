/** Why a snapshot cannot be read. All of them mean: rebuild it from the dump. */
export type SnapshotProblem = 'not-a-snapshot' | 'version' | 'checksum' | 'truncated'

export class SnapshotError extends Error {
  readonly kind: SnapshotProblem

  constructor(kind: SnapshotProblem, message: string) {
    super(message)
    this.name = 'SnapshotError'
    this.kind = kind
  }
}
