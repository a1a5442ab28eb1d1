import { tellTextKind } from '@heaptrail/jvm-text/kind'
import { startsWith } from './packing.ts'
import type { ArtifactKind } from './report.ts'

/** What bytes are; for unknown ones a sentence that says so and what to do. */
export type Kind =
  | { readonly kind: Exclude<ArtifactKind, 'unknown'> }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Bytes that `kindOf` wants to see. */
export const KIND_HEAD = 64 * 1024

const HPROF = 'JAVA PROFILE 1.0.'

/** @param head the first 64 KiB, or all there is. */
export function kindOf(head: Uint8Array): Kind {
  if (head.length === 0) return unknown('It is empty: nothing was written, or nothing was copied.')
  if (startsWith(head, HPROF)) return hprofKind(head)
  const foreign = FOREIGN.find(([magic]) => startsWith(head, magic))
  if (foreign !== undefined) return unknown(foreign[1])
  if (isDamagedHprof(head)) {
    return unknown(
      'It looks like an HPROF heap dump whose first bytes were changed on the way: copy it again, in binary mode.',
    )
  }
  if (HPROF.startsWith(latin1(head.subarray(0, HPROF.length)))) {
    return unknown(endsInHeader(head))
  }
  if (latin1(head.subarray(0, 40)).includes('portable heap dump')) return unknown(PHD)
  if (head.every((byte) => byte === 0))
    return unknown('It holds nothing but zero bytes: a file that was never written, or an empty archive.')
  return textKind(head)
}

/** Binary HPROF has a zero byte behind its version, the text form (format=a) a comma. */
function hprofKind(head: Uint8Array): Kind {
  if (head[HPROF.length + 1] === 0x2c) {
    return unknown(
      'It is an HPROF profile in its text form (hprof format=a), which Heaptrail does not read: take a dump with jcmd PID GC.heap_dump FILE.',
    )
  }
  if (head.length < HPROF.length + 2) {
    return unknown(endsInHeader(head))
  }
  return { kind: 'heap-dump' }
}

function endsInHeader({ length }: Uint8Array): string {
  const bytes = length === 1 ? '1 byte' : `${length} bytes`
  return `It ends after ${bytes}, inside the header of a heap dump: wait until the dump is complete, or copy it again.`
}

function textKind(head: Uint8Array): Kind {
  const kind = tellTextKind(head)
  return kind === 'unknown' ? unknown(NOTHING_KNOWN) : { kind }
}

function unknown(reason: string): Kind {
  return { kind: 'unknown', reason }
}

/** Most of the words are there, in their place. */
function isDamagedHprof(head: Uint8Array): boolean {
  const start = latin1(head.subarray(0, HPROF.length))
  let same = 0
  for (let i = 0; i < start.length; i++) if (start[i] === HPROF[i]) same += 1
  return same >= HPROF.length - 4 && same < HPROF.length
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}

const NOTHING_KNOWN =
  'It is no heap dump (HPROF), jstat log, class histogram (jmap -histo) or top output, as far as Heaptrail can tell.'
const PHD =
  'It is an IBM PHD dump; Heaptrail reads HPROF, as HotSpot JVMs write it. Eclipse MAT with IBM DTFJ opens PHD.'
const FOREIGN: readonly (readonly [magic: string, reason: string])[] = [
  [
    '\x7fELF',
    'It is an ELF file, likely a core dump of the process: make a heap dump of it with jhsdb jmap --binaryheap --core FILE --exe JAVA.',
  ],
  ['\xca\xfe\xba\xbe', 'It is a Java class file, not a heap dump.'],
  ['FLR\0', 'It is a JDK Flight Recorder file, which Heaptrail does not read.'],
  ['MDMP', 'It is a Windows minidump of the process, not a heap dump: take one with jcmd PID GC.heap_dump FILE.'],
  ['\x89PNG', 'It is a PNG picture, not a heap dump or a log.'],
  ['\xff\xd8\xff', 'It is a JPEG picture, not a heap dump or a log.'],
  ['%PDF-', 'It is a PDF document, not a heap dump or a log.'],
  ['<!DOCTYPE html', 'It is a web page, likely an error or login page saved in place of the file.'],
  ['<html', 'It is a web page, likely an error or login page saved in place of the file.'],
]
