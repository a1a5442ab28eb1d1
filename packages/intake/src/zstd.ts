import { createZstdDecompress } from 'node:zlib'
import { ByteReader } from './byte-reader.ts'
import { ENGINE_OPTIONS, decode } from './inflate.ts'
import type { Budget } from './limits.ts'
import type { Damage } from './report.ts'

/** The frames of a Zstandard file one after the other; bytes behind them are ignored. */
export function unzstd(packed: ByteReader, budget: Budget): ByteReader {
  return new ByteReader((breakOff) => frames(packed, budget, breakOff))
}

async function* frames(packed: ByteReader, budget: Budget, breakOff: (damage: Damage) => void) {
  let unpacked = 0
  const end = yield* decode(createZstdDecompress(ENGINE_OPTIONS), packed, budget, (piece) => {
    unpacked += piece.length
  })
  if (end === 'cut') {
    breakOff({
      message: `The Zstandard file is cut off: it ends at byte ${packed.position}, in the middle of its data.`,
      byte: unpacked,
    })
  }
  if (end === 'corrupt') {
    breakOff({
      message:
        unpacked === 0
          ? 'The Zstandard file is corrupt at its beginning, or was made with --long beyond 27 (pack it again without).'
          : `The Zstandard file is corrupt near byte ${packed.position}.`,
      byte: unpacked,
    })
  }
}
