import type { FileHandle } from 'node:fs/promises'
import type { Arrival } from './arrival.ts'

const CHUNK = 256 * 1024

/**
 * The bytes of a file from `from` up to `to`, in new chunks that the receiver may keep.
 * @param onRead told of every chunk; may throw to stop.
 * @param arrival given when not all of them are there yet.
 */
export async function* fileBytes(
  file: FileHandle,
  from: number,
  to: number,
  onRead: (bytes: number) => void,
  arrival?: Arrival,
): AsyncGenerator<Uint8Array> {
  let at = from
  while (at < to) {
    if (arrival !== undefined && !(await arrival.moreThan(at))) return
    const target = Buffer.allocUnsafeSlow(Math.min(CHUNK, to - at))
    const { bytesRead } = await file.read(target, 0, target.length, at)
    if (bytesRead === 0) return
    at += bytesRead
    onRead(bytesRead)
    yield target.subarray(0, bytesRead)
  }
}
