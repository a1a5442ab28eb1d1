/** Mutations of heap dumps: whole records and sub-records are moved, lengths lie, ids are exchanged. */
import type { Random } from '@heaptrail/fixtures/random'
import { type Part, type Parts, putTogether, takeApart } from './hprof-parts.ts'
import { mutateBytesOften } from './mutate-bytes.ts'

type Mutation = (parts: Parts, random: Random, other: Parts | undefined) => void

/** @param other a second dump, of which pieces may be taken. */
export function mutateDump(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const style = random.next()
  if (style < 0.3) return mutateBytesOften(bytes, random, 3)
  const parts = takeApart(bytes)
  if (parts === undefined || parts.records.length === 0) return mutateBytesOften(bytes, random, 3)
  const second = takeApart(other)
  for (let left = 1 + random.below(3); left > 0 && parts.records.length > 0; left--)
    random.pick(MUTATIONS)(parts, random, second)
  const changed = putTogether(parts)
  return style < 0.8 ? changed : mutateBytesOften(changed, random, 2)
}

const swapRecords: Mutation = ({ records }, random) => {
  const [a, b] = [random.below(records.length), random.below(records.length)]
  ;[records[a], records[b]] = [records[b], records[a]]
}

const shuffleRecords: Mutation = ({ records }, random) => shuffle(records, random)

const removeRecord: Mutation = ({ records }, random) => {
  const at = random.below(records.length)
  records.splice(at, 1 + (random.chance(0.2) ? random.below(20) : 0))
}

const repeatRecord: Mutation = ({ records }, random) => {
  const one = random.pick(records)
  if (one !== undefined) records.splice(random.below(records.length + 1), 0, { ...one })
}

const retagRecord: Mutation = ({ records }, random) => {
  const at = random.below(records.length)
  const one = records[at]
  if (one === undefined) return
  const tag = random.pick([0x01, 0x02, 0x04, 0x05, 0x0c, 0x1c, 0x2c, 0x0e, random.below(256)])
  records[at] = { ...one, tag }
}

const lieAboutLength: Mutation = ({ records }, random) => {
  const one = random.pick(records)
  if (one === undefined) return
  const bodies = Array.isArray(one.body) ? one.body : [one.body]
  const length = bodies.reduce((sum, body) => sum + body.length, 0)
  one.length = random.pick([
    0,
    length + 1,
    length - 1,
    length >>> 1,
    length * 2,
    length + random.below(300),
    0xffffffff,
    0x7fffffff,
    random.below(length + 1),
  ])
}

const takeFromOther: Mutation = ({ records }, random, other) => {
  if (other === undefined || other.records.length === 0) return
  const from = random.below(other.records.length)
  const taken = other.records.slice(from, from + 1 + random.below(30)).map((one) => ({ ...one }))
  records.splice(random.below(records.length + 1), 0, ...taken)
}

/** The first part of one dump, the last part of another. */
const continueWithOther: Mutation = ({ records }, random, other) => {
  if (other === undefined || other.records.length === 0) return
  const rest = other.records.slice(random.below(other.records.length)).map((one) => ({ ...one }))
  records.splice(random.below(records.length + 1), records.length, ...rest)
}

const moveSubRecord: Mutation = ({ records }, random) => {
  const [from, to] = [heap(records, random), heap(records, random)]
  if (from === undefined || to === undefined) return
  const [moved] = from.splice(random.below(from.length), 1)
  if (moved !== undefined) to.splice(random.below(to.length + 1), 0, moved)
}

const removeSubRecord: Mutation = ({ records }, random) => {
  const pieces = heap(records, random)
  pieces?.splice(random.below(pieces.length), 1 + (random.chance(0.2) ? random.below(10) : 0))
}

const repeatSubRecord: Mutation = ({ records }, random) => {
  const [from, to] = [heap(records, random), heap(records, random)]
  if (from !== undefined && from.length > 0) to?.splice(random.below(to.length + 1), 0, random.pick(from))
}

const shuffleSubRecords: Mutation = ({ records }, random) => {
  const pieces = heap(records, random)
  if (pieces !== undefined) shuffle(pieces, random)
}

const subRecordOfOther: Mutation = ({ records }, random, other) => {
  const [to, from] = [heap(records, random), other === undefined ? undefined : heap(other.records, random)]
  if (from !== undefined && from.length > 0) to?.splice(random.below(to.length + 1), 0, random.pick(from))
}

/** Writes the id of one sub-record over an id-sized place of another. */
const exchangeId: Mutation = ({ records, identifierSize: width }, random) => {
  const [from, to] = [heap(records, random), heap(records, random)]
  if (from === undefined || to === undefined || from.length === 0 || to.length === 0) return
  const at = random.below(to.length)
  const source = random.pick(from)
  const target = to[at]
  if (source.length < 1 + width || target.length < 1 + width) return
  const changed = Uint8Array.from(target)
  const id = random.chance(0.05) ? new Uint8Array(width) : source.subarray(1, 1 + width)
  const places = [1, 5 + width, 9 + width, target.length - width].filter((place) => place + width <= target.length)
  changed.set(id, random.pick(places))
  to[at] = changed
}

const changeSubRecord: Mutation = ({ records }, random) => {
  const pieces = heap(records, random)
  if (pieces === undefined || pieces.length === 0) return
  const at = random.below(pieces.length)
  pieces[at] = mutateBytesOften(pieces[at], random, 2)
}

const changeRecord: Mutation = ({ records }, random) => {
  const one = random.pick(records)
  if (one !== undefined && !Array.isArray(one.body)) one.body = mutateBytesOften(one.body, random, 2)
}

function heap(records: readonly Part[], random: Random): Uint8Array[] | undefined {
  const bodies = records.flatMap(({ body }) => (Array.isArray(body) && body.length > 0 ? [body] : []))
  return bodies.length === 0 ? undefined : random.pick(bodies)
}

function shuffle<Item>(items: Item[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    ;[items[last], items[other]] = [items[other], items[last]]
  }
}

const MUTATIONS: readonly Mutation[] = [
  swapRecords,
  shuffleRecords,
  removeRecord,
  repeatRecord,
  retagRecord,
  lieAboutLength,
  lieAboutLength,
  takeFromOther,
  continueWithOther,
  moveSubRecord,
  removeSubRecord,
  removeSubRecord,
  repeatSubRecord,
  shuffleSubRecords,
  subRecordOfOther,
  exchangeId,
  exchangeId,
  exchangeId,
  changeSubRecord,
  changeRecord,
]
