/** What a collection holds, as its iterator would give it. */
import { referenceValue } from './fields.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { Contents, ContentsRow, ObjectId, Window } from '../messages.ts'
import { QueryError } from '../query-error.ts'
import { collectionAt } from '../values/collection-table.ts'
import type { Member } from '../values/members.ts'

/** Members that one question may step over to come to its window. */
const MOST_STEPS = 1_000_000

/** @throws QueryError when the object is no collection that is known, or the window begins too far inside. */
export function contents(heap: Heap, id: ObjectId, window: Window): Contents {
  const index = indexOfObject(heap, id)
  const found = collectionAt(heap, index)
  if (found === undefined) throw new QueryError('bad-request', 'This object is no collection whose contents are known.')
  const { collection, of } = found
  const walk = walkTo(heap, index, window.offset, (from) => collection.members(of, from))
  const members: Member[] = []
  while (members.length < window.limit) {
    const { value, done } = walk.members.next()
    if (done === true) break
    members.push(value)
  }
  walk.place += members.length
  const rows = members.map(({ key, value }, row): ContentsRow => ({
    index: window.offset + row,
    key: key === undefined ? null : referenceValue(heap, key),
    value: referenceValue(heap, value),
  }))
  const end = window.offset + rows.length
  const size = collection.size(of)
  // A count that says more than there is, as of a map that was being changed, ends the list all the same.
  const isAll = rows.length < window.limit
  const total = isAll ? Math.min(end, size ?? end) : Math.max(end, size ?? end + 1)
  return { kind: collection.kind, total, offset: window.offset, rows }
}

/** Where the last page of a collection ended: the next one goes on there. */
interface Walk {
  readonly index: number
  place: number
  readonly members: Iterator<Member, unknown>
}
const lastWalk = new WeakMap<Heap, Walk>()

function walkTo(heap: Heap, index: number, offset: number, from: (place: number) => Iterable<Member>): Walk {
  if (offset > MOST_STEPS)
    throw new QueryError('bad-request', `Contents are listed up to the ${MOST_STEPS.toLocaleString('en')}th member.`)
  const last = lastWalk.get(heap)
  if (last?.index === index && last.place === offset) return last
  const walk = { index, place: offset, members: from(offset)[Symbol.iterator]() as Iterator<Member, unknown> }
  lastWalk.set(heap, walk)
  return walk
}
