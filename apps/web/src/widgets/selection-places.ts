/** The places that a selection of objects leads to, with nothing but defaults. */
import { MERGED_SHOWN, type SelectionOf, type SelectionPlace } from '@heaptrail/api/place-selection'

export function mergedPathsPlace({ caseId, artifactId, objects, classes }: SelectionOf): SelectionPlace {
  return {
    kind: 'merged-paths',
    caseId,
    artifactId,
    objects,
    classes,
    // What somebody looks for keeps the objects alive, which these do not.
    exclude: ['weak', 'soft', 'phantom', 'finalizer'],
    without: [],
    group: 'object',
    open: [],
    shown: MERGED_SHOWN,
    selected: undefined,
  }
}

export function retainedSetPlace({ caseId, artifactId, objects, classes }: SelectionOf): SelectionPlace {
  return { kind: 'retained-set', caseId, artifactId, objects, classes, filter: '', selected: undefined }
}

export function selectionDominatorsPlace({ caseId, artifactId, objects, classes }: SelectionOf): SelectionPlace {
  return { kind: 'immediate-dominators', caseId, artifactId, objects, classes, skip: 'none', selected: undefined }
}
