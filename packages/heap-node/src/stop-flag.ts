/**
 * How a process that is busy hears that nobody waits for its answer any more: its messages wait until the question is
 * answered, so it looks into a file of four bytes, without a name, that it and its parent hold open. The file holds the
 * number of the question that is to stop.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StopFlag {
  readonly fd: number
  stop(question: number): void
  close(): void
}

/** Where the process finds it among its files: behind the standard ones and the channel of messages. */
export const STOP_FLAG_FD = 4
/** A look costs two microseconds. */
const LOOK_EVERY_MS = 20

/** @returns undefined where there is no folder for temporary files; then a question is stopped by ending its process. */
export function createStopFlag(): StopFlag | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'heaptrail-stop-'))
    const fd = openSync(join(folder, 'question'), 'w+')
    rmSync(folder, { recursive: true, force: true })
    writeNumber(fd, 0)
    return { fd, stop: (question) => writeNumber(fd, question), close: () => closeSync(fd) }
  } catch {
    return undefined
  }
}

function writeNumber(fd: number, question: number): void {
  writeSync(fd, Uint32Array.of(question), 0, 4, 0)
}

/** Thrown into the middle of a question that nobody waits for any more. */
export class StoppedError extends Error {
  constructor() {
    super('Nobody waits for the answer any more.')
    this.name = 'StoppedError'
  }
}

/** @returns what is to be called often while question `current()` is worked on. It throws StoppedError. */
export function stopCheck(current: () => number): () => void {
  const question = new Uint32Array(1)
  let lookedAt = 0
  return () => {
    const now = performance.now()
    if (now - lookedAt < LOOK_EVERY_MS) return
    lookedAt = now
    if (isThere() && question[0] === current()) throw new StoppedError()
  }

  function isThere(): boolean {
    try {
      return readSync(STOP_FLAG_FD, question, 0, 4, 0) === 4
    } catch {
      return false
    }
  }
}
