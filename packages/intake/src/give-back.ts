/**
 * Gives the memory of a piece back that nobody reads any more. Left to the collector, every few dozen megabytes of a
 * stream would cost a collection of the whole heap of the process, which takes longer than all reading and writing.
 * Does nothing when the piece is a part of something larger.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
