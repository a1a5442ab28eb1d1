/** What tells the snapshots of one dump apart: the version of their format, and the options of the analysis. */
import { parseHeapRef, printAnalysisKey } from '@heaptrail/api/heap-ref'
import { SNAPSHOT_VERSION } from '@heaptrail/heap-node/snapshot-version'

/** @param id of the artifact, with the options behind it when they are not the default ones */
export function variantOf({ id }: { readonly id: string }): string {
  const key = printAnalysisKey(parseHeapRef(id).options)
  return key === '' ? String(SNAPSHOT_VERSION) : `${SNAPSHOT_VERSION}-${key}`
}
