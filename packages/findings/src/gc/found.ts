/** What one rule found in one segment of a log. */
import type { FindingId, FindingOf } from '@heaptrail/api/findings'

export type FoundOf<Id extends FindingId> = Omit<FindingOf<Id>, 'occurrences'>
export type Found = { [Id in FindingId]: FoundOf<Id> }[FindingId]
