/**
 * Contents of very many objects, read in the order in which they stand in the dump: a block of the file at a time, whatever
 * the order of their addresses. For each object 16 bytes are held, of about MOST_AT_ONCE objects at the same time.
 */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { Snapshot } from '../../snapshot/snapshot.ts'

const BLOCK = 1 << 20
const RANKS = 65_536
const MOST_AT_ONCE = 1 << 23
const FIRST_ROOM = 1 << 17

/** A part of the dump; a source too, so that what reads objects one by one reads from it. */
export interface DumpWindow extends ByteSource {
  /** Where the bytes of the last `locate` lie. */
  readonly view: DataView
  /** Makes bytes of the dump readable in `view` until the next call. @returns where they start there, −1 where the dump ends before */
  locate(position: number, length: number): number
}

interface Window extends DumpWindow {
  moveTo(block: number): void
}

/** @param visit of each object that was chosen, with the position of its record */
export function inFileOrder(
  snapshot: Snapshot,
  dump: ByteSource,
  isChosen: (index: number) => boolean,
  visit: (index: number, position: number, window: DumpWindow) => void,
): void {
  const window = dumpWindow(dump)
  const found = { indices: new Uint32Array(FIRST_ROOM), positions: new Float64Array(FIRST_ROOM), count: 0 }
  const ranks = new Uint32Array(RANKS)
  const positions = new Float64Array(RANKS)
  for (let from = 0; from < snapshot.objectCount; from += RANKS) {
    const count = Math.min(RANKS, snapshot.objectCount - from)
    snapshot.readByAddress(from, undefined, ranks.subarray(0, count), positions.subarray(0, count))
    if (found.count + count > found.indices.length) makeRoom(found)
    for (let place = 0; place < count; place++)
      if (isChosen(ranks[place])) {
        found.indices[found.count] = ranks[place]
        found.positions[found.count++] = positions[place]
      }
    if (found.count < MOST_AT_ONCE && from + RANKS < snapshot.objectCount) continue
    visitFound(found, window, visit)
    found.count = 0
  }
}

interface Found {
  indices: Uint32Array
  positions: Float64Array
  count: number
}

function makeRoom(found: Found): void {
  const indices = new Uint32Array(found.indices.length * 2)
  indices.set(found.indices)
  const positions = new Float64Array(indices.length)
  positions.set(found.positions)
  Object.assign(found, { indices, positions })
}

function visitFound(
  { indices, positions, count }: Found,
  window: Window,
  visit: (index: number, position: number, window: DumpWindow) => void,
): void {
  const order = orderByBlock(positions.subarray(0, count), window.size)
  let block = -1
  for (let at = 0; at < count; at++) {
    const place = order === undefined ? at : order[at]
    const position = positions[place]
    const ofBlock = Math.floor(position / BLOCK)
    if (ofBlock !== block) window.moveTo((block = ofBlock))
    visit(indices[place], position, window)
  }
}

/** @returns places by the block of the file, undefined where they are in that order already, as most collectors write them */
function orderByBlock(positions: Float64Array, size: number): Uint32Array | undefined {
  const starts = new Uint32Array(Math.ceil(size / BLOCK) + 1)
  let last = 0
  let isSorted = true
  for (const position of positions) {
    const block = Math.floor(position / BLOCK)
    if (block < last) isSorted = false
    last = block
    starts[block + 1]++
  }
  if (isSorted) return undefined
  for (let block = 1; block < starts.length; block++) starts[block] += starts[block - 1]
  const order = new Uint32Array(positions.length)
  for (let place = 0; place < positions.length; place++) order[starts[Math.floor(positions[place] / BLOCK)]++] = place
  return order
}

function dumpWindow(dump: ByteSource): Window {
  const block = new Uint8Array(BLOCK)
  const blockView = new DataView(block.buffer)
  let start = 0
  let end = 0
  // What reaches beyond the block, and what is looked up elsewhere.
  let scratch = new Uint8Array(0)
  let view = blockView
  return {
    size: dump.size,
    get view() {
      return view
    },
    moveTo(number) {
      start = number * BLOCK
      end = start + dump.readInto(start, block)
    },
    locate(position, length) {
      if (position >= start && position + length <= end) {
        view = blockView
        return position - start
      }
      if (length > scratch.length) scratch = new Uint8Array(length * 2)
      view = new DataView(scratch.buffer)
      return dump.readInto(position, scratch.subarray(0, length)) === length ? 0 : -1
    },
    readInto(offset, target) {
      if (offset < start || offset + target.length > end) return dump.readInto(offset, target)
      target.set(block.subarray(offset - start, offset - start + target.length))
      return target.length
    },
  }
}
