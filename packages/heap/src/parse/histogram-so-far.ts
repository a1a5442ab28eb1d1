import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { ProvisionalHistogram } from '../provisional-histogram.ts'
import type { ArrivedSoFar } from './arriving-dump.ts'
import { firstHistogram } from './first-histogram.ts'
import { readNames } from './names.ts'
import { type RawClass, readClasses } from './raw-classes.ts'

/**
 * The histogram of what has come in of a dump, as often as it is asked for: class descriptions and names are read when
 * there are new ones only.
 */
export function histogramSoFar(source: ByteSource): (soFar: ArrivedSoFar) => ProvisionalHistogram {
  let raw: readonly RawClass[] = []
  let described = 0
  let named = -1
  let texts: ReadonlyMap<bigint, string> = new Map()
  return ({ header, records, scan, recordsEnd, bytes }) => {
    const { identifierSize } = header
    const { classNames } = records
    const counts = scan.counts()
    if (counts.classes.length > described) {
      raw = [...raw, ...readClasses(upTo(source, bytes), identifierSize, counts.classes.subarray(described))]
      described = counts.classes.length
    }
    if (classNames.size !== named) {
      // walking on would wait for what has not come in
      const spans = [{ from: header.bodyAt, end: recordsEnd }]
      texts = readNames(upTo(source, recordsEnd), identifierSize, spans, new Set(classNames.values()))
      named = classNames.size
    }
    return firstHistogram({
      identifierSize,
      counts: [counts],
      raw,
      classNames,
      texts,
      bytesRead: bytes,
      isWhole: false,
    })
  }
}

/** The beginning of a source, as if it ended there. */
function upTo(source: ByteSource, size: number): ByteSource {
  return {
    size,
    readInto: (offset, target) => source.readInto(offset, target.subarray(0, Math.max(0, size - offset))),
  }
}
