/**
 * Dumps of a few kilobytes cut out of real ones: some dozen objects that refer to each other, their classes, names,
 * roots and stack traces, as the JVM wrote them. Mutations of a whole real dump would nearly all hit strings.
 */
import { type Random } from '@heaptrail/fixtures/random'
import { type Part, type Parts, joined, putTogether, takeApart } from './hprof-parts.ts'

const OBJECTS = 40
const LARGEST_OBJECT = 500
const ALWAYS = new Set([
  'java/lang/Object',
  'java/lang/Class',
  'java/lang/ClassLoader',
  'java/lang/String',
  'java/lang/Thread',
  '[B',
  '[I',
  '[J',
  '[Ljava/lang/Object;',
])

/** A real dump, indexed so that many miniatures can be cut out of it. */
interface Quarry {
  readonly parts: Parts
  readonly width: number
  readonly objects: ReadonlyMap<bigint, Uint8Array>
  readonly classes: ReadonlyMap<bigint, Uint8Array>
  readonly roots: readonly Uint8Array[]
  readonly strings: ReadonlyMap<bigint, Part>
  readonly loadClass: ReadonlyMap<bigint, Part>
  readonly stacks: readonly Part[]
}

/** @returns `count` miniatures of a dump; none when it is no sound dump. */
export function miniatures(dump: Uint8Array, count: number, random: Random): Uint8Array[] {
  const parts = takeApart(dump)
  if (parts === undefined) return []
  const quarry = open(parts)
  const ids = [...quarry.objects.keys()]
  return Array.from({ length: count }, () => cutOut(quarry, random.pick(ids), random))
}

function open(parts: Parts): Quarry {
  const width = parts.identifierSize
  const objects = new Map<bigint, Uint8Array>()
  const classes = new Map<bigint, Uint8Array>()
  const roots: Uint8Array[] = []
  const strings = new Map<bigint, Part>()
  const loadClass = new Map<bigint, Part>()
  const stacks: Part[] = []
  for (const record of parts.records) {
    const { tag, body } = record
    if (!Array.isArray(body)) {
      if (tag === 0x01) strings.set(idAt(body, 0, width), record)
      if (tag === 0x02) loadClass.set(idAt(body, 4, width), record)
      if (tag === 0x04 || tag === 0x05) stacks.push(record)
      continue
    }
    for (const piece of body) {
      if (piece[0] === 0x20) classes.set(idAt(piece, 1, width), piece)
      else if (piece[0] < 0x20) roots.push(piece)
      else if (piece.length <= LARGEST_OBJECT) objects.set(idAt(piece, 1, width), piece)
    }
  }
  return { parts, width, objects, classes, roots, strings, loadClass, stacks }
}

function cutOut(quarry: Quarry, start: bigint, random: Random): Uint8Array {
  const { width, objects, classes, roots, loadClass, strings, stacks, parts } = quarry
  const taken = new Set<bigint>([start])
  for (const [id, record] of loadClass) if (ALWAYS.has(nameOf(quarry, record))) taken.add(id)
  const wanted = 1 + random.below(OBJECTS)
  let objectsTaken = 0
  for (const id of taken) {
    const piece = objects.get(id) ?? classes.get(id)
    if (piece === undefined) continue
    for (const other of idsIn(piece, width)) {
      // classes of objects always come along, objects while there is room
      if (classes.has(other) && (objects.has(id) || taken.size < 60)) taken.add(other)
      else if (objects.has(other) && objectsTaken < wanted && random.chance(0.7)) {
        taken.add(other)
        objectsTaken++
      }
    }
  }
  const heap = [...taken].flatMap((id) => classes.get(id) ?? objects.get(id) ?? [])
  const ofTaken = roots.filter((root) => taken.has(idAt(root, 1, width)))
  const names = new Set<bigint>()
  for (const id of taken) for (const text of idsIn(classes.get(id) ?? new Uint8Array(0), width)) names.add(text)
  for (const id of taken) names.add(idAt(bodyOf(loadClass.get(id)), 8 + width, width))
  const records = [...names].flatMap((id) => strings.get(id) ?? [])
  const loads = [...taken].flatMap((id) => loadClass.get(id) ?? [])
  const middle = Math.ceil(heap.length / 2)
  const segments = [heap.slice(0, middle), heap.slice(middle), ofTaken].map((body): Part => ({
    tag: 0x1c,
    body,
    length: undefined,
  }))
  const end: Part = { tag: 0x2c, body: new Uint8Array(0), length: undefined }
  const kept = [...records, ...loads, ...stacks.slice(0, 20), ...segments, end]
  return putTogether({ ...parts, records: kept, tail: new Uint8Array(0) })
}

function nameOf({ strings, width }: Quarry, load: Part): string {
  const text = bodyOf(strings.get(idAt(bodyOf(load), 8 + width, width)))
  return new TextDecoder().decode(text.subarray(width))
}

function bodyOf(record: Part | undefined): Uint8Array {
  if (record === undefined) return new Uint8Array(32)
  return Array.isArray(record.body) ? joined(record.body) : record.body
}

/** Whatever could be an id, at any byte. */
function idsIn(piece: Uint8Array, width: number): bigint[] {
  return Array.from({ length: Math.max(0, piece.length - width + 1) }, (_, at) => idAt(piece, at, width))
}

function idAt(bytes: Uint8Array, at: number, width: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return width === 8 ? view.getBigUint64(at) : BigInt(view.getUint32(at))
}
