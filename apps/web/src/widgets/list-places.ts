/** The places of the lists of a whole heap, with nothing but defaults. */
import type { Place } from '@heaptrail/api/place'

interface OfArtifact {
  readonly caseId: string
  readonly artifactId: string
}

export function wastePlace({ caseId, artifactId }: OfArtifact): Place {
  return { kind: 'waste', caseId, artifactId, of: 'strings', by: 'what', filter: '', selected: undefined }
}

/** @param thread whose stack is shown */
export function threadsPlace({ caseId, artifactId }: OfArtifact, thread?: string): Place {
  const table = { sort: 'retained', order: 'desc', filter: '' } as const
  return { kind: 'threads', caseId, artifactId, ...table, thread, locals: true, selected: thread }
}

export function rootsPlace({ caseId, artifactId }: OfArtifact): Place {
  return { kind: 'roots', caseId, artifactId, open: [], selected: undefined }
}

/** @param loader whose classes are shown */
export function loadersPlace({ caseId, artifactId }: OfArtifact, loader?: string): Place {
  const table = { shape: 'tree', sort: 'retained', order: 'desc', filter: '' } as const
  return { kind: 'loaders', caseId, artifactId, ...table, closed: [], open: [], loader, selected: loader }
}

export function propertiesPlace({ caseId, artifactId }: OfArtifact): Place {
  return { kind: 'properties', caseId, artifactId, filter: '', selected: undefined }
}

export function unreachablePlace({ caseId, artifactId }: OfArtifact): Place {
  const table = { sort: 'shallow', order: 'desc', filter: '' } as const
  return { kind: 'unreachable', caseId, artifactId, ...table, open: [], selected: undefined }
}
