/** `--unpack`: what packed files may come to, as all commands that read files take it. */
import { DEFAULT_LIMITS, type IntakeLimits } from '@heaptrail/intake/limits'

/** For `parseArgs`. */
export const UNPACK_ARGUMENTS = { unpack: { type: 'string' } } as const

export const UNPACK_USAGE = `      --unpack KEY=N,…     limits for packed files: gib=256 unpacked in all, ratio=1000 times their size,
                           entries=10000 of archives, layers=5 of packing
`

const GIB = 2 ** 30
const MOST: Readonly<Record<string, number>> = { gib: 1_000_000, ratio: 1_000_000, entries: 10_000_000, layers: 20 }

/** @throws TypeError saying what is not understood */
export function unpackLimits({ unpack }: { readonly unpack?: string | undefined }): IntakeLimits {
  const given = new Map(
    (unpack ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map(limit),
  )
  const { unpackedBytes, ratio, entries, layers } = DEFAULT_LIMITS
  const gib = given.get('gib')
  return {
    ...DEFAULT_LIMITS,
    unpackedBytes: gib === undefined ? unpackedBytes : gib * GIB,
    ratio: given.get('ratio') ?? ratio,
    entries: given.get('entries') ?? entries,
    layers: given.get('layers') ?? layers,
  }
}

function limit(text: string): [key: string, value: number] {
  const [, key = '', digits] = /^(gib|ratio|entries|layers)=(\d{1,8})$/.exec(text) ?? []
  const value = Number(digits)
  if (!(value >= 1 && value <= MOST[key]))
    throw new TypeError('--unpack takes gib=, ratio=, entries= and layers= with numbers from 1, with commas between.')
  return [key, value]
}
