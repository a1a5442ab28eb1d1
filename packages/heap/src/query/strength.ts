/**
 * Which references a search for paths leaves out: the `referent` of weak, soft, phantom and final references,
 * whatever subclass they are of. Other fields of such objects, `next` or the value of an entry, are strong.
 */
import type { Heap } from './heap.ts'
import type { IsExcluded } from './long-path.ts'
import type { ReferenceStrength } from './messages.ts'
import { dumpOf, fieldOf, readInstance, referenceIn } from './record.ts'

const REFERENCE = 'java.lang.ref.Reference'

/** @throws QueryError when something is to be left out and the dump, which names the fields, is not there any more. */
export function exclusion(heap: Heap, exclude: readonly ReferenceStrength[]): IsExcluded {
  if (exclude.length === 0) return () => false
  dumpOf(heap)
  const kinds = new Set<string | undefined>(exclude)
  const excludedClasses = Uint8Array.from(heap.classes, (type) => (kinds.has(heap.facts.kindOf(type.number)) ? 1 : 0))
  return (source, target) => {
    const classNumber = heap.snapshot.classOf(source)
    return excludedClasses[classNumber] === 1 && isOnlyReferent(heap, source, target)
  }
}

function isOnlyReferent(heap: Heap, source: number, target: number): boolean {
  const record = readInstance(heap, source)
  if (record === undefined) return false
  const id = heap.snapshot.idOf(target)
  const referent = fieldOf(heap, record, REFERENCE, 'referent')
  if (referent === undefined || referenceIn(heap, record, referent) !== id) return false
  if (heap.classes[heap.snapshot.classOf(source)].id === id) return false
  return record.fields.every(
    (field) => field === referent || field.type !== 2 || referenceIn(heap, record, field) !== id,
  )
}
