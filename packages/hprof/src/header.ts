import type { ByteSource } from './byte-source.ts'
import { HprofError } from './errors.ts'

export interface HprofHeader {
  /** `JAVA PROFILE 1.0.1`, `1.0.2` or (Android) `1.0.3`. */
  readonly format: string
  readonly identifierSize: 4 | 8
  /** Milliseconds since 1970; 0 when the dump does not say. */
  readonly takenAtMs: number
  /** Byte of the first record. */
  readonly bodyAt: number
}

const PREFIX = 'JAVA PROFILE '
const VERSIONS = ['1.0.1', '1.0.2', '1.0.3']
const LONGEST = 40

/** What else people take for a heap dump, by first bytes, and what to do about it. */
const OTHERS: readonly { readonly magic: string; readonly offset: number; readonly advice: string }[] = [
  {
    magic: 'portable heap dump',
    offset: 2,
    advice: 'an IBM PHD dump; take one in HPROF format instead (jcmd GC.heap_dump)',
  },
  {
    magic: '\x7fELF',
    offset: 0,
    advice: 'a core dump or program (ELF); make a heap dump from it with jhsdb jmap --binaryheap',
  },
  { magic: '\x89PNG', offset: 0, advice: 'a PNG picture' },
  { magic: '\x1f\x8b', offset: 0, advice: 'compressed with gzip; unpack it first' },
  { magic: 'PK\x03\x04', offset: 0, advice: 'a ZIP archive; unpack it first' },
  { magic: '\x28\xb5\x2f\xfd', offset: 0, advice: 'compressed with Zstandard; unpack it first' },
]

/**
 * Reads the header of a dump.
 * @throws HprofError when the bytes are not an HPROF dump in a version that can be read.
 */
export function readHeader(source: ByteSource): HprofHeader {
  const bytes = new Uint8Array(LONGEST + 12)
  const length = source.readInto(0, bytes)
  if (length === 0) throw new HprofError('The file is empty: wait until the dump is complete, or copy it again.', 0)
  const text = latin1(bytes.subarray(0, length))
  if (PREFIX.startsWith(text)) throw endsInHeader(length)
  if (!text.startsWith(PREFIX)) throw new HprofError(`This is no HPROF heap dump: ${describe(text)}.`, 0)
  const end = text.indexOf('\0')
  const format = end < 0 ? text.slice(0, LONGEST) : text.slice(0, end)
  if (/^JAVA PROFILE [\d.]+, created/.test(format)) {
    throw new HprofError(
      'This is the text output of the hprof agent (format=a); a binary dump (format=b) is needed.',
      0,
    )
  }
  const version = format.slice(PREFIX.length)
  if (end < 0 && length <= LONGEST) throw endsInHeader(length)
  if (!VERSIONS.includes(version)) {
    throw new HprofError(
      `HPROF version "${printable(version)}" is not known; 1.0.1, 1.0.2 and 1.0.3 can be read: take the dump with jcmd PID GC.heap_dump FILE.`,
      13,
    )
  }
  return { format, ...readNumbers(bytes.subarray(0, length), end + 1) }
}

function readNumbers(bytes: Uint8Array, at: number): Omit<HprofHeader, 'format'> {
  if (bytes.length < at + 12) throw endsInHeader(bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const identifierSize = view.getUint32(at)
  if (identifierSize !== 4 && identifierSize !== 8) {
    throw new HprofError(
      `The header says that ids have ${identifierSize} bytes, but only 4 and 8 exist: the file is damaged. Copy it again, in binary mode.`,
      at,
    )
  }
  const millis = view.getUint32(at + 4) * 2 ** 32 + view.getUint32(at + 8)
  const plausible = millis < 253_402_300_800_000
  return { identifierSize, takenAtMs: plausible ? millis : 0, bodyAt: at + 12 }
}

function endsInHeader(length: number): HprofError {
  return new HprofError(
    `The file ends after ${length} bytes, inside the header of the dump: wait until the dump is complete, or copy it again.`,
    length,
  )
}

function describe(text: string): string {
  const other = OTHERS.find((one) => text.startsWith(one.magic, one.offset))
  if (other !== undefined) return `it is ${other.advice}`
  return `it begins with "${printable(text.slice(0, 16))}" instead of "${PREFIX.trim()}"`
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, '.')
}
