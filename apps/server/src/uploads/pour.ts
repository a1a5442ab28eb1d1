/**
 * The body of a request into a file, as fast as both go: what comes in while the disk is busy is written in one go with
 * what comes next. Neither is destroyed for a fault of the other, so that whoever sends can be told what was wrong.
 */
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { ApiError } from '../errors.ts'

/** Bytes that may wait for the disk. */
export const WAITING_BYTES = 4 << 20

export interface PourOptions {
  /** Bytes that may come; more are refused, and those of them that have come stay. */
  readonly most: number
  /** Ends it with the reason as its error. */
  readonly signal: AbortSignal
  /** Ends it as if all had come. */
  readonly enough: AbortSignal
  /** Told of every piece: so many bytes have come. */
  readonly onBytes: (bytes: number) => void
}

/**
 * Waits until all of it is in the file, or the connection broke: then all that had come is.
 * @returns how many bytes
 * @throws ApiError `too-large`, the reason of `signal`, errors of the file
 */
export async function pour(source: Readable, file: Writable, options: PourOptions): Promise<number> {
  const { most, signal, enough, onBytes } = options
  const over = Promise.withResolvers<void>()
  let bytes = 0
  const take = (piece: Buffer) => {
    if (bytes + piece.length > most) return over.reject(tooLarge())
    bytes += piece.length
    if (!file.write(piece)) source.pause()
    onBytes(bytes)
  }
  const listening = new AbortController()
  const on = { once: true, signal: listening.signal }
  const flow = () => source.resume()
  file.on('drain', flow).once('error', over.reject)
  for (const end of ['end', 'close', 'error']) source.once(end, over.resolve)
  signal.addEventListener('abort', () => over.reject(signal.reason as Error), on)
  enough.addEventListener('abort', () => over.resolve(), on)
  if (signal.aborted) over.reject(signal.reason as Error)
  if (enough.aborted || source.destroyed) over.resolve()
  source.on('data', take)
  try {
    await over.promise
    file.end()
    await once(file, 'close')
    return bytes
  } finally {
    listening.abort()
    source.off('data', take)
    file.off('drain', flow)
    file.destroy()
    // Whoever asks for its size from now on gets the last word.
    if (!file.closed) await once(file, 'close')
  }
}

function tooLarge(): ApiError {
  return new ApiError('too-large', 'More bytes came than the upload has announced.')
}
