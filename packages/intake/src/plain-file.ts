import { open } from 'node:fs/promises'
import { KIND_HEAD, type Kind, kindOf } from './kind.ts'
import { packingOf } from './packing.ts'

/**
 * What a file is, by its first bytes, for whoever wants to read it where it lies.
 * @returns undefined when it is packed (or in a form that `unpack` refuses): then it is a matter for `unpack`.
 */
export async function plainFile(
  path: string,
): Promise<{ readonly kind: Kind['kind']; readonly size: number } | undefined> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(KIND_HEAD), 0, KIND_HEAD, 0)
    const head = buffer.subarray(0, bytesRead)
    if (packingOf(head).kind !== 'none') return undefined
    return { kind: kindOf(head).kind, size: (await file.stat()).size }
  } finally {
    await file.close()
  }
}
