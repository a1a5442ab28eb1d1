/** The places that an object leads to, with nothing but defaults. */
import type { HistogramSort } from '@heaptrail/api/heap'
import type { Place } from '@heaptrail/api/place'
import type { PlaceOf } from '../url/place-of.ts'
import { LEVEL_SHOWN, WHOLE_TREE } from '@heaptrail/api/place-dominators'
import { ALL_CLASSES } from '@heaptrail/api/place-histogram'
import type { NettyPlace } from '@heaptrail/api/place-netty'
import { PATHS_SHOWN } from '@heaptrail/api/place-paths'
import type { ClassTab, ObjectTab } from '@heaptrail/api/place-object'

interface OfArtifact {
  readonly caseId: string
  readonly artifactId: string
}
interface OfObject extends OfArtifact {
  readonly objectId: string
}

export function objectPlace({ caseId, artifactId, objectId }: OfObject, tab: ObjectTab = 'fields'): Place {
  const defaults = { from: 0, encoding: undefined, group: undefined, selected: undefined }
  return { kind: 'object', caseId, artifactId, objectId, tab, ...defaults }
}

export function dominatorsPlace({ caseId, artifactId, objectId }: OfArtifact & { objectId?: string }): Place {
  return { ...WHOLE_TREE, caseId, artifactId, selected: objectId }
}

/** The object's row with its children; without an object the whole tree. */
export function openedPlace(of: OfArtifact, objectId: string | undefined): PlaceOf<'dominators'> {
  const { caseId, artifactId } = of
  const expanded = objectId === undefined ? [] : [{ object: objectId, shown: LEVEL_SHOWN }]
  return { ...WHOLE_TREE, caseId, artifactId, selected: objectId, expanded }
}

export function pathsPlace({ caseId, artifactId, objectId }: OfObject): PlaceOf<'paths'> {
  return {
    kind: 'paths',
    caseId,
    artifactId,
    objectId,
    mode: 'list',
    exclude: [],
    without: [],
    raw: false,
    shown: PATHS_SHOWN,
    cut: undefined,
    selected: undefined,
  }
}

/** What would be free if `source` did not refer to the object. */
export function cutPlace(of: OfObject, source: string): Place {
  return { ...pathsPlace(of), cut: { source, target: of.objectId } }
}

export function histogramPlace(
  { caseId, artifactId }: OfArtifact,
  filter = '',
  selected?: string,
  sort: HistogramSort = 'retained',
): Place {
  return { ...ALL_CLASSES, caseId, artifactId, sort, filter, selected }
}

export function objectsPlace({ caseId, artifactId }: OfArtifact, classId: string, tab: ClassTab = 'objects'): Place {
  return { kind: 'objects', caseId, artifactId, classId, tab, filter: '', selected: undefined }
}

export function comparePlace(caseId: string, before: string, after: string): Place {
  return { kind: 'compare', caseId, before, after }
}

export function heapGrowthPlace(caseId: string): PlaceOf<'heap-growth'> {
  return { kind: 'heap-growth', caseId, subject: undefined, figure: 'retained', filter: '' }
}

export function suspectsPlace({ caseId, artifactId }: OfArtifact): Place {
  return { kind: 'suspects', caseId, artifactId }
}

export function nettyPlace({ caseId, artifactId }: OfArtifact, options: Partial<NettyPlace> = {}): Place {
  const defaults = { tab: 'pools', of: undefined, list: undefined, chunk: undefined, state: 'alive' } as const
  return { kind: 'netty', caseId, artifactId, selected: undefined, ...defaults, ...options }
}

export function overviewPlace({ caseId, artifactId }: OfArtifact): Place {
  return { kind: 'overview', caseId, artifactId }
}
