import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { readId } from '@heaptrail/hprof/class-dump'
import { decodeModifiedUtf8 } from '@heaptrail/hprof/modified-utf8'
import { RecordWalker } from '@heaptrail/hprof/record-walker'
import { Record as Tag } from '@heaptrail/hprof/tags'
import type { HeapRange } from './units.ts'

/** The JVM's limit for a symbol is 65,535 bytes; what is longer is cut. */
const LONGEST_NAME = 65_535

/**
 * Reads the strings that are wanted, by walking the records once more: a dump holds many times more strings
 * than are ever shown, and a second walk (20 ns a record) is cheaper than keeping all of them.
 */
export function readNames(
  source: ByteSource,
  identifierSize: 4 | 8,
  spans: readonly HeapRange[],
  wanted: ReadonlySet<bigint>,
): Map<bigint, string> {
  const names = new Map<bigint, string>()
  const walker = new RecordWalker(source, identifierSize)
  for (const span of spans) {
    walker.open(span.from)
    while (names.size < wanted.size && walker.next() && walker.position < span.end) {
      if (walker.tag !== Tag.string || walker.length < identifierSize) continue
      const length = Math.min(walker.length, identifierSize + LONGEST_NAME)
      const at = walker.body(length)
      if (at < 0) continue
      const id = readId(walker.view, at, identifierSize)
      if (!wanted.has(id) || names.has(id)) continue
      names.set(id, decodeModifiedUtf8(walker.bytes.subarray(at + identifierSize, at + length)))
    }
  }
  return names
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  Z: 'boolean',
  C: 'char',
  F: 'float',
  D: 'double',
  B: 'byte',
  S: 'short',
  I: 'int',
  J: 'long',
}

/** `java/lang/String` → `java.lang.String`, `[[I` → `int[][]`, `[Lacme/Node;` → `acme.Node[]`; Android's names as they are. */
export function readableClassName(name: string): string {
  const depth = name.length - name.replace(/^\[+/, '').length
  const element = name.slice(depth)
  const primitive = element.length === 1 ? PRIMITIVES[element] : undefined
  if (depth === 0) return name.replaceAll('/', '.')
  if (primitive !== undefined) return primitive + '[]'.repeat(depth)
  if (!element.startsWith('L') || !element.endsWith(';')) return name
  return element.slice(1, -1).replaceAll('/', '.') + '[]'.repeat(depth)
}
