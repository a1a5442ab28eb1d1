import type { Transform } from 'node:stream'
import type { Zlib } from 'node:zlib'
import type { Budget, LimitReached } from './limits.ts'
import type { ByteReader } from './byte-reader.ts'

/** A decoder of node:zlib. */
export type Engine = Transform & Zlib

/** `cut`: the packed bytes ran out; `corrupt`: they make no sense. */
export type EndOfDecoding = 'whole' | 'cut' | 'corrupt'

/**
 * Packed bytes per step. What a step gives is held in memory until the caller takes it: at most 68 MB of
 * deflate (it expands at most 1032 times), and for Zstandard what the budget lets through. What a step
 * gave is kept when the next one finds the data broken, which a plain pipe loses.
 */
const STEP = 64 * 1024
const PIECE = 128 * 1024
export const ENGINE_OPTIONS = { chunkSize: PIECE }

/**
 * Decodes until the engine finds the end of its stream, and leaves `reader` right behind it.
 * While the caller works on what one step gave, the next step runs in zlib's thread.
 * @param onPiece told of each piece before it is given.
 * @returns how it ended.
 */
export async function* decode(
  engine: Engine,
  reader: ByteReader,
  budget: Budget,
  onPiece: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array, EndOfDecoding, undefined> {
  const steps = decodingSteps(engine, reader, budget)
  let running = steps.next()
  try {
    for (;;) {
      const { pieces, end, refused } = await running
      if (end === undefined && refused === undefined) running = steps.next()
      for (const piece of pieces) {
        onPiece(piece)
        yield piece
      }
      if (refused !== undefined) throw refused
      if (end !== undefined) return end
    }
  } finally {
    await running.catch(() => undefined)
    engine.destroy()
  }
}

interface Step {
  readonly pieces: readonly Uint8Array[]
  readonly end: EndOfDecoding | undefined
  /** The pieces are the last ones within the limits. */
  readonly refused: LimitReached | undefined
}

function decodingSteps(engine: Engine, reader: ByteReader, budget: Budget): { next: () => Promise<Step> } {
  let pieces: Uint8Array[] = []
  let end: EndOfDecoding | undefined
  let refused: LimitReached | undefined
  engine.on('data', (piece: Uint8Array) => {
    refused ??= budget.addUnpacked(piece.length)
    if (refused === undefined) pieces.push(piece)
    else engine.destroy()
  })
  engine.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code === 'Z_BUF_ERROR' ? 'cut' : 'corrupt'
  })
  const closed = new Promise<void>((resolve) => engine.once('close', resolve))

  async function feed(): Promise<void> {
    const packed = await reader.read(STEP)
    if (packed === undefined) {
      engine.end()
      await closed
      end ??= 'whole'
      return
    }
    const before = engine.bytesWritten
    // A broken stream is destroyed without calling back.
    await Promise.race([closed, new Promise<void>((resolve) => engine.write(packed, () => resolve()))])
    const taken = engine.bytesWritten - before
    if (end === undefined && taken < packed.length) {
      end = 'whole'
      reader.putBack(packed.subarray(taken))
    }
  }

  async function next(): Promise<Step> {
    await feed()
    const given = pieces
    pieces = []
    return { pieces: given, end, refused }
  }
  return {
    next() {
      const step = next()
      // The caller looks at it later; until then a failure (of the source) must not count as unhandled.
      step.catch(() => undefined)
      return step
    },
  }
}
