/**
 * The body of a request into a file, as fast as both go: what comes in while the disk is busy is written in one go with
 * what comes next. Neither is destroyed for a fault of the other, so that whoever sends can be told what was wrong.
 */
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { giveBack } from '@heaptrail/intake/give-back'
import { ApiError } from '../errors.ts'

/** Bytes that may wait for the disk. */
const WAITING_BYTES = 1 << 20

export interface PourOptions {
  /** Byte of the file at which the first one belongs. */
  readonly from: number
  /** Bytes that may come; what comes beyond is refused. */
  readonly most: number
  /** Ends it with the reason as its error. */
  readonly stop: AbortSignal
  /** Ends it as if all had come. */
  readonly enough: AbortSignal
  /** More has come. */
  readonly onBytes: () => void
}

/**
 * Waits until all of it is in the file and on the disk. When the connection breaks, that is all that had come.
 * @returns how many bytes
 * @throws ApiError `too-large`, the reason of `stop`, errors of the file; part of what had come stays
 */
export async function pour(source: Readable, path: string, options: PourOptions): Promise<number> {
  const { from, most, stop, enough, onBytes } = options
  const file = createWriteStream(path, { flags: 'r+', start: from, highWaterMark: WAITING_BYTES, flush: true })
  const over = Promise.withResolvers<void>()
  const closed = finished(file)
  closed.catch(over.reject)
  let bytes = 0
  const take = (piece: Buffer) => {
    if (bytes + piece.length > most) return over.reject(tooLarge())
    bytes += piece.length
    if (!file.write(piece, () => giveBack(piece))) source.pause()
    onBytes()
  }
  const listening = new AbortController()
  whenAborted(stop, () => over.reject(stop.reason as Error), listening.signal)
  whenAborted(enough, over.resolve, listening.signal)
  const flow = () => void source.resume()
  file.on('drain', flow)
  for (const end of ENDS) source.once(end, over.resolve)
  if (source.destroyed || source.readableEnded) over.resolve()
  source.on('data', take)
  try {
    await over.promise
    source.off('data', take)
    file.end()
    await closed
    return bytes
  } finally {
    listening.abort()
    source.off('data', take)
    for (const end of ENDS) source.off(end, over.resolve)
    file.off('drain', flow)
    file.destroy()
    // Whoever asks for its size from now on gets the last word.
    await closed.catch(() => undefined)
  }
}

const ENDS = ['end', 'close', 'error']

function whenAborted(signal: AbortSignal, then: () => void, until: AbortSignal): void {
  if (signal.aborted) then()
  else signal.addEventListener('abort', then, { once: true, signal: until })
}

function tooLarge(): ApiError {
  return new ApiError('too-large', 'More bytes came than the upload has announced.')
}
