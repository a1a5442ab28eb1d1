/** Mutations that know nothing of formats. All are decided by the random numbers alone, so that a seed repeats them. */
import type { Random } from '@heaptrail/fixtures/random'
import { joined } from './hprof-parts.ts'

/** Bounds of the number types, and what lies beside them. */
const NUMBERS = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000]
const LARGE = [0xffffffff, 0xfffffffe, 0x7ffffffe, 0x01000000, 0x00ffffff, 0x3fffffff, 0x40000000]
/** Longest piece that is put in or taken out. */
const PIECE = 400

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

/** @returns changed bytes; `bytes` stays as it is. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return Uint8Array.from([random.below(256)])
  return random.pick(MUTATIONS)(bytes, random)
}

export function mutateBytesOften(bytes: Uint8Array, random: Random, most: number): Uint8Array {
  let changed = bytes
  for (let left = 1 + random.below(most); left > 0; left--) changed = mutateBytes(changed, random)
  return changed
}

/** Writes a number of 1, 2, 4 or 8 bytes that is likely to be at a limit. */
export const writeNumber: Mutation = (bytes, random) => {
  const changed = Uint8Array.from(bytes)
  const width = random.pick([1, 2, 4, 4, 8])
  const at = random.below(Math.max(1, bytes.length - width))
  const value = random.pick(random.chance(0.5) ? NUMBERS : LARGE)
  const isBig = random.chance(0.7)
  for (let i = 0; i < width && at + i < changed.length; i++) {
    const place = isBig ? width - 1 - i : i
    changed[at + i] = place > 3 ? 0 : value >>> (place * 8)
  }
  return changed
}

export const cutOff: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1))

const flipBits: Mutation = (bytes, random) => {
  const changed = Uint8Array.from(bytes)
  for (let left = 1 + random.below(4); left > 0; left--) changed[random.below(bytes.length)] ^= 1 << random.below(8)
  return changed
}

const setByte: Mutation = (bytes, random) => {
  const changed = Uint8Array.from(bytes)
  changed[random.below(bytes.length)] = random.below(256)
  return changed
}

const takeOut: Mutation = (bytes, random) => {
  const at = random.below(bytes.length)
  return joined([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(PIECE))])
}

const putIn: Mutation = (bytes, random) => {
  const at = random.below(bytes.length)
  return joined([bytes.subarray(0, at), piece(bytes, random), bytes.subarray(at)])
}

const overwrite: Mutation = (bytes, random) => {
  const changed = Uint8Array.from(bytes)
  const from = piece(bytes, random)
  const at = random.below(bytes.length)
  changed.set(from.subarray(0, bytes.length - at), at)
  return changed
}

const append: Mutation = (bytes, random) => joined([bytes, piece(bytes, random)])

/** Zeros, noise, or a piece of the same file. */
function piece(bytes: Uint8Array, random: Random): Uint8Array {
  const length = 1 + random.below(PIECE)
  const kind = random.next()
  if (kind < 0.2) return new Uint8Array(length)
  if (kind < 0.5) return Uint8Array.from({ length }, () => random.below(256))
  const at = random.below(bytes.length)
  return bytes.slice(at, at + length)
}

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  setByte,
  writeNumber,
  writeNumber,
  cutOff,
  takeOut,
  putIn,
  overwrite,
  append,
]
