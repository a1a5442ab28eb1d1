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
  forEachById(snapshot, (id, index) => {
    const dominator = snapshot.immediateDominator(index)
    lines.hex(id)
    lines.text(` ${snapshot.shallowSize(index)} ${snapshot.retainedSize(index)} `)
    lines.hex(dominator === VIRTUAL_ROOT ? 0n : snapshot.idOf(dominator))
    lines.end()
  })
  lines.flush()
}

/** Lines `id( id)*`: the object and what it refers to, each once, ascending. */
export function exportReferences(snapshot: Snapshot, write: WriteBytes): void {
  const lines = lineWriter(write)
  forEachById(snapshot, (id, index) => {
    lines.hex(id)
    for (const target of targetIds(snapshot, index)) {
      lines.text(' ')
      lines.hex(target)
    }
    lines.end()
  })
  lines.flush()
}

/** Takes 8 bytes per object while it runs. */
function forEachById(snapshot: Snapshot, visit: (id: bigint, index: number) => void): void {
  const count = snapshot.reachableCount
  const ids = new BigUint64Array(count)
  for (let from = 0; from < count; from += PAGE)
    snapshot.readIds(1 + from, ids.subarray(from, Math.min(count, from + PAGE)))
  ids.sort()
  for (const id of ids) visit(id, snapshot.indexOf(id))
}

function targetIds(snapshot: Snapshot, index: number): BigUint64Array {
  const count = snapshot.outgoingCount(index)
  const ids = new BigUint64Array(count)
  for (let from = 0; from < count; from += PAGE)
    snapshot.outgoing(index, from, PAGE).forEach((target, row) => {
      ids[from + row] = snapshot.idOf(target)
    })
  return ids.sort()
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
