/**
 * What Netty's pools hold, counted by hand from the bytes of a dump: a reader of its own, reachability by walking, every node of
 * every chunk's tree of pages and every bit of its subpages. For Netty 4.1 up to .51, whose count of references is doubled.
 */
import { type OracleDump, type OracleObject, readWithOracle, referenceFields } from '@heaptrail/fixtures/oracle-reader'

export interface HandCount {
  chunks: number
  bytes: number
  taken: number
  cached: number
  live: number
  liveBuffers: number
  lost: number
}

interface Hand {
  readonly dump: OracleDump
  readonly objects: ReadonlyMap<number, OracleObject>
  readonly reachable: ReadonlySet<number>
}

const WIDTH: Record<number, number> = { 4: 1, 5: 2, 6: 4, 7: 8, 8: 1, 9: 2, 10: 4, 11: 8 }

/** @returns by id of the arena, those with chunks. */
export function arenasByHand(bytes: Uint8Array): Map<string, HandCount> {
  const dump = readWithOracle(bytes)
  const objects = new Map(dump.objects.map((object) => [object.id, object]))
  const hand = { dump, objects, reachable: reachableFrom(dump, objects) }
  const live = instancesOf(hand, 'PooledUnsafeHeapByteBuf').filter((id) => number(hand, id, 'refCnt') % 2 === 0)
  const entries = instancesOf(hand, 'PoolThreadCache$MemoryRegionCache$Entry')
  const arenas = new Map<string, HandCount>()
  for (const arena of [...instancesOf(hand, 'PoolArena$HeapArena'), ...instancesOf(hand, 'PoolArena$DirectArena')]) {
    const counts = chunksOf(hand, arena).map((chunk) => countOf(hand, chunk, live, entries))
    if (counts.length > 0) arenas.set(`0x${arena.toString(16)}`, counts.reduce(add))
  }
  return arenas
}

function countOf(hand: Hand, chunk: number, buffers: readonly number[], entries: readonly number[]): HandCount {
  const pieces = piecesOf(hand, chunk)
  const live = buffers.filter((id) => reference(hand, id, 'chunk') === chunk)
  const cached = entries.filter((id) => reference(hand, id, 'chunk') === chunk)
  const sizeOf = (id: number): number => {
    const size = pieces.get(value(hand, id, 'handle'))
    if (size === undefined) throw new Error(`what 0x${id.toString(16)} owns is not given out`)
    pieces.delete(value(hand, id, 'handle'))
    return size
  }
  const taken = sum([...pieces.values()])
  const owned = { live: sum(live.map(sizeOf)), cached: sum(cached.map(sizeOf)) }
  const size = number(hand, chunk, 'chunkSize')
  return { chunks: 1, bytes: size, taken, ...owned, liveBuffers: live.length, lost: sum([...pieces.values()]) }
}

/** Everything given out, by handle. */
function piecesOf(hand: Hand, chunk: number): Map<bigint, number> {
  const depth = number(hand, chunk, 'maxOrder')
  const map = arrayOf(hand, reference(hand, chunk, 'memoryMap'))
  const subpages = arrayElements(hand, reference(hand, chunk, 'subpages'))
  const pieces = new Map<bigint, number>()
  const visit = (node: number, level: number): void => {
    if (freeAt(node, level)) return
    const below = [2 * node, 2 * node + 1]
    const isDivided =
      level < depth &&
      !(hand.dump.view.getInt8(map.at + node) === depth + 1 && below.every((child) => freeAt(child, level + 1)))
    if (isDivided) return below.forEach((child) => visit(child, level + 1))
    const page = level === depth ? subpages[node - 2 ** depth] : 0
    if (page !== undefined && page !== 0 && number(hand, page, 'doNotDestroy') !== 0) visitElements(page, node)
    else pieces.set(BigInt(node), number(hand, chunk, 'chunkSize') / 2 ** level)
  }
  const freeAt = (node: number, level: number): boolean => hand.dump.view.getInt8(map.at + node) === level
  const visitElements = (page: number, node: number): void => {
    const bitmap = arrayOf(hand, reference(hand, page, 'bitmap'))
    for (let element = 0; element < number(hand, page, 'maxNumElems'); element++) {
      const word = hand.dump.view.getBigInt64(bitmap.at + 8 * Math.floor(element / 64))
      if ((word >> BigInt(element % 64)) % 2n === 0n) continue
      pieces.set(0x4000000000000000n | (BigInt(element) << 32n) | BigInt(node), number(hand, page, 'elemSize'))
    }
  }
  visit(1, 0)
  return pieces
}

function chunksOf(hand: Hand, arena: number): number[] {
  return ['qInit', 'q000', 'q025', 'q050', 'q075', 'q100'].flatMap((list) => {
    const chunks: number[] = []
    let chunk = reference(hand, reference(hand, arena, list), 'head')
    for (; chunk !== 0; chunk = reference(hand, chunk, 'next')) chunks.push(chunk)
    return chunks
  })
}

/** Reachable ones, by the name of the class within Netty's buffers. */
function instancesOf({ dump, objects, reachable }: Hand, name: string): number[] {
  const type = [...dump.classes.values()].find((candidate) => candidate.name === `io.netty.buffer.${name}`)
  return [...objects.values()].flatMap((object) =>
    object.kind === 'instance' && object.classId === type?.id && reachable.has(object.id) ? [object.id] : [],
  )
}

function value({ dump, objects }: Hand, id: number, name: string): bigint {
  const object = objects.get(id)
  if (object?.kind !== 'instance') throw new Error(`0x${id.toString(16)} is no instance`)
  let at = object.at
  for (let type = dump.classes.get(object.classId); type !== undefined; type = dump.classes.get(type.superId))
    for (const field of type.fields) {
      const width = field.type === 2 ? dump.identifierSize : (WIDTH[field.type] ?? 0)
      if (field.name === name) return read(dump.view, at, width)
      at += width
    }
  throw new Error(`0x${id.toString(16)} has no field ${name}`)
}

function read(view: DataView, at: number, width: number): bigint {
  if (width === 8) return view.getBigInt64(at)
  if (width === 4) return BigInt(view.getInt32(at))
  return BigInt(width === 2 ? view.getInt16(at) : view.getInt8(at))
}

function number(hand: Hand, id: number, name: string): number {
  return Number(value(hand, id, name))
}

function reference(hand: Hand, id: number, name: string): number {
  return number(hand, id, name)
}

function arrayOf({ objects }: Hand, id: number): { readonly at: number } {
  const object = objects.get(id)
  if (object?.kind !== 'primitive-array') throw new Error(`0x${id.toString(16)} is no array of numbers`)
  return object
}

function arrayElements({ objects }: Hand, id: number): readonly number[] {
  const object = objects.get(id)
  return object?.kind === 'object-array' ? object.elements : []
}

function reachableFrom(dump: OracleDump, objects: ReadonlyMap<number, OracleObject>): Set<number> {
  const waiting = dump.roots.map(({ id }) => id)
  const reached = new Set<number>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === 0 || reached.has(id)) continue
    reached.add(id)
    const object = objects.get(id)
    const type = dump.classes.get(id)
    if (object?.kind === 'object-array') waiting.push(object.classId, ...object.elements)
    if (object?.kind === 'instance') waiting.push(object.classId, ...referenceFields(dump, object).map((to) => to.id))
    if (type === undefined) continue
    waiting.push(type.superId, type.loaderId)
    for (const field of type.statics) if (field.type === 2) waiting.push(field.raw)
  }
  return reached
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0)
}

function add(a: HandCount, b: HandCount): HandCount {
  return {
    chunks: a.chunks + b.chunks,
    bytes: a.bytes + b.bytes,
    taken: a.taken + b.taken,
    cached: a.cached + b.cached,
    live: a.live + b.live,
    liveBuffers: a.liveBuffers + b.liveBuffers,
    lost: a.lost + b.lost,
  }
}
