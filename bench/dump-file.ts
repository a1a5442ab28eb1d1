import { closeSync, openSync, writeSync } from 'node:fs'

const BUFFER = 4 * 2 ** 20

/** A file for the many small pieces that a dump is written in. */
export function dumpFile(path: string): { write: (bytes: Uint8Array) => void; close: () => void } {
  const file = openSync(path, 'w')
  const buffer = new Uint8Array(BUFFER)
  let length = 0
  function flush(): void {
    for (let from = 0; from < length;) from += writeSync(file, buffer, from, length - from)
    length = 0
  }
  return {
    write(bytes) {
      for (let from = 0; from < bytes.length;) {
        const part = bytes.subarray(from, from + BUFFER - length)
        buffer.set(part, length)
        length += part.length
        from += part.length
        if (length === BUFFER) flush()
      }
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}
