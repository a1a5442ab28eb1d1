/**
 * The whole heap as text, one line per reachable object by ascending id, ids in lower-case hex without `0x`:
 * what two analyses, or this engine and another, are compared by.
 */
import { type Snapshot, VIRTUAL_ROOT } from '../snapshot/snapshot.ts'

const CHUNK = 1 << 16
const PAGE = 65_536

export type WriteBytes = (bytes: Uint8Array) => void

/** Lines `id shallow retained immediate-dominator`; the dominator is 0 for the virtual root and for the boot loader. */
export function exportObjects(snapshot: Snapshot, write: WriteBytes): void {
  const lines = lineWriter(write)
  const ids = idsByIndex(snapshot)
  forEachByAddress(snapshot, (id, index) => {
    const dominator = snapshot.immediateDominator(index)
    lines.hex(id)
    lines.text(` ${snapshot.shallowSize(index)} ${snapshot.retainedSize(index)} `)
    lines.hex(dominator === VIRTUAL_ROOT ? 0n : ids[dominator])
    lines.end()
  })
  lines.flush()
}

/** Lines `id( id)*`: the object and what it refers to, each once, ascending. */
export function exportReferences(snapshot: Snapshot, write: WriteBytes): void {
  const lines = lineWriter(write)
  const ids = idsByIndex(snapshot)
  forEachByAddress(snapshot, (id, index) => {
    lines.hex(id)
    for (const target of targetIds(snapshot, ids, index)) {
      lines.text(' ')
      lines.hex(target)
    }
    lines.end()
  })
  lines.flush()
}

type Visit = (id: bigint, index: number) => void

/** Visits the reachable objects. */
function forEachByAddress(snapshot: Snapshot, visit: Visit): void {
  scanByAddress(snapshot, (id, index) => {
    if (index <= snapshot.reachableCount) visit(id, index)
  })
}

function scanByAddress(snapshot: Snapshot, visit: Visit): void {
  for (let from = 0; from < snapshot.objectCount; from += PAGE) {
    const count = Math.min(PAGE, snapshot.objectCount - from)
    const ids = new BigUint64Array(count)
    const indices = new Uint32Array(count)
    snapshot.readByAddress(from, ids, indices)
    for (let row = 0; row < count; row++) visit(ids[row], indices[row])
  }
}

/** 8 bytes per object while the export runs: reading single ids at random takes many times as long. */
function idsByIndex(snapshot: Snapshot): BigUint64Array {
  const ids = new BigUint64Array(snapshot.objectCount + 1)
  scanByAddress(snapshot, (id, index) => {
    ids[index] = id
  })
  return ids
}

function targetIds(snapshot: Snapshot, ids: BigUint64Array, index: number): BigUint64Array {
  const count = snapshot.outgoingCount(index)
  const targets = new BigUint64Array(count)
  for (let from = 0; from < count; from += PAGE)
    snapshot.outgoing(index, from, PAGE).forEach((target, row) => {
      targets[from + row] = ids[target]
    })
  return targets.sort()
}

function lineWriter(write: WriteBytes) {
  const bytes = new Uint8Array(CHUNK)
  let length = 0
  function flush(): void {
    write(bytes.subarray(0, length))
    length = 0
  }
  function text(ascii: string): void {
    if (length + ascii.length > CHUNK) flush()
    for (let at = 0; at < ascii.length; at++) bytes[length++] = ascii.charCodeAt(at)
  }
  return { text, hex: (id: bigint) => text(id.toString(16)), end: () => text('\n'), flush }
}
