/** Input number n of a seed: always the same bytes, as long as fixtures and mutations are. */
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { unpack } from '@heaptrail/fixtures/packed'
import { type Random, seededRandom } from '@heaptrail/fixtures/random'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import type { Corpus, Named } from './corpus.ts'
import { cutOff, mutateBytes, mutateBytesOften, writeNumber } from './mutate-bytes.ts'
import { mutateDump } from './mutate-dump.ts'

export const TARGETS = ['dump', 'archive', 'text'] as const
export type Target = (typeof TARGETS)[number]

export interface Input {
  readonly target: Target
  readonly base: string
  readonly bytes: Uint8Array
  /** A whole dump of a JVM: larger than others by a thousand times. */
  readonly isReal: boolean
  /** For decisions about the check. */
  readonly random: Random
}

/** One in so many dumps is a whole one of a JVM. */
const REAL_EVERY = 5000
/** Generated heaps are used for so many inputs, and so many of them at a time. */
const EPOCH = 20_000
const GENERATED = 200
const LONGEST_TEXT = 4000

export class Inputs {
  private readonly corpus: Corpus
  private readonly seed: number
  private epoch = -1
  private generated: Named[] = []

  constructor(corpus: Corpus, seed: number) {
    this.corpus = corpus
    this.seed = seed
  }

  make(number: number): Input {
    const random = seededRandom(Math.imul(this.seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
    const kind = random.next()
    if (kind < 0.6) return this.dump(number, random)
    return kind < 0.85 ? this.archive(random) : this.text(random)
  }

  private dump(number: number, random: Random): Input {
    if (random.below(REAL_EVERY) === 0) return this.realDump(random)
    const base = this.anyDump(number, random)
    const bytes = random.chance(0.02) ? base.bytes : mutateDump(base.bytes, this.anyDump(number, random).bytes, random)
    return { target: 'dump', base: base.name, bytes, isReal: false, random }
  }

  private realDump(random: Random): Input {
    const path = random.pick(this.corpus.realDumps)
    const whole = unpack(path)
    const bytes = random.chance(0.5) ? cutOff(whole, random) : mutateBytesOften(whole, random, 20)
    return { target: 'dump', base: path.slice(path.lastIndexOf('/') + 1), bytes, isReal: true, random }
  }

  private anyDump(number: number, random: Random): Named {
    const epoch = Math.floor(number / EPOCH)
    if (epoch !== this.epoch) {
      this.epoch = epoch
      this.generated = Array.from({ length: GENERATED }, (_, i) => {
        const seed = epoch * GENERATED + i
        return { name: `random heap ${seed}`, bytes: randomHeap(seed).bytes() }
      })
    }
    return random.pick(random.chance(0.5) ? this.generated : this.corpus.dumps)
  }

  private archive(random: Random): Input {
    const { name, bytes } = random.pick(this.corpus.archives)
    return { target: 'archive', base: name, bytes: mutateArchive(bytes, random), isReal: false, random }
  }

  private text(random: Random): Input {
    const { name, bytes } = random.pick(this.corpus.texts)
    const from = random.chance(0.5) ? 0 : random.below(bytes.length)
    const part = bytes.subarray(from, from + 200 + random.below(LONGEST_TEXT))
    return { target: 'text', base: name, bytes: mutateBytesOften(part, random, 5), isReal: false, random }
  }
}

const PACKERS = [
  (bytes: Uint8Array) => gzipSync(bytes, { level: 1 }),
  (bytes: Uint8Array) => zstdCompressSync(bytes),
] as const

/** The packed bytes are changed, or those inside, which are packed again, or another layer is put around. */
function mutateArchive(bytes: Uint8Array, random: Random): Uint8Array {
  const style = random.next()
  const inside = style < 0.6 ? unpacked(bytes) : undefined
  let changed = inside ?? bytes
  for (let left = 1 + random.below(3); left > 0; left--)
    changed = random.chance(0.3) ? writeNumber(changed, random) : mutateBytes(changed, random)
  if (inside !== undefined) {
    if (random.chance(0.7)) changed = tarWithChecksums(changed)
    changed = random.pick(PACKERS)(changed)
  }
  for (let layers = random.chance(0.1) ? random.below(8) : 0; layers > 0; layers--)
    changed = random.pick(PACKERS)(changed)
  return random.chance(0.1) ? mutateBytes(changed, random) : changed
}

function unpacked(bytes: Uint8Array): Uint8Array | undefined {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes)
    if (bytes[0] === 0x28 && bytes[1] === 0xb5) return zstdDecompressSync(bytes)
    return undefined
  } catch {
    return undefined
  }
}

/** Sums of tar headers are corrected where a header is likely to be, so that what else is wrong in them counts. */
function tarWithChecksums(bytes: Uint8Array): Uint8Array {
  const changed = Buffer.from(bytes)
  for (let at = 0; at + 512 <= changed.length; at += 512) {
    if (changed.toString('latin1', at + 257, at + 262) !== 'ustar') continue
    changed.fill(0x20, at + 148, at + 156)
    let sum = 0
    for (let i = 0; i < 512; i++) sum += changed[at + i]
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1')
  }
  return changed
}
