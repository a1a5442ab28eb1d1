import { startsTar } from './tar.ts'
import { startsZip } from './zip-stream.ts'

/** How bytes are packed, told by the bytes alone. `foreign` is packed in a way that Heaptrail does not unpack. */
export type Packing =
  | { readonly kind: 'gzip' | 'zstd' | 'tar' | 'zip' | 'none' }
  | { readonly kind: 'foreign'; readonly reason: string }

/** Bytes that `packingOf` wants to see. */
export const PACKING_HEAD = 512

export function packingOf(head: Uint8Array): Packing {
  if (startsWith(head, '\x1f\x8b\x08')) return { kind: 'gzip' }
  if (startsWith(head, '\x28\xb5\x2f\xfd')) return { kind: 'zstd' }
  if (startsZip(head)) return { kind: 'zip' }
  const foreign = FOREIGN.find(([magic]) => startsWith(head, magic))
  if (foreign !== undefined) {
    const [, name, command] = foreign
    return {
      kind: 'foreign',
      reason: `This is packed as ${name}, which Heaptrail does not unpack: unpack it (${command}) and give what is inside, or pack it as gzip, Zstandard or zip.`,
    }
  }
  return { kind: startsTar(head) ? 'tar' : 'none' }
}

const FOREIGN: readonly (readonly [magic: string, name: string, command: string])[] = [
  ['BZh', 'bzip2', 'bunzip2'],
  ['\xfd7zXZ\0', 'xz', 'unxz'],
  ['7z\xbc\xaf\x27\x1c', '7-Zip', '7z x'],
  ['Rar!\x1a\x07', 'RAR', 'unrar x'],
  ['\x04\x22\x4d\x18', 'LZ4', 'unlz4'],
  ['LZIP\x01', 'lzip', 'lzip -d'],
  ['\x1f\x9d', 'compress', 'uncompress'],
]

/** @param magic characters up to U+00FF, one per byte. */
export function startsWith(bytes: Uint8Array, magic: string): boolean {
  return bytes.length >= magic.length && Array.from(magic).every((char, i) => bytes[i] === char.charCodeAt(0))
}
