/** Entry of a worker thread: the first pass over a dump that still comes in. Tells the histogram so far, then what it found. */
import { parentPort, workerData } from 'node:worker_threads'
import { type ArrivedSoFar, scanArrivingDump } from '@heaptrail/heap/parse/arriving-dump'
import { histogramSoFar } from '@heaptrail/heap/parse/histogram-so-far'
import type { ScannedDump } from '@heaptrail/heap/parse/scan-dump'
import type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'
import { type ArrivalState, openArrivingFile } from './arriving-file.ts'

export interface ArrivingThreadStart {
  readonly dumpPath: string
  readonly state: ArrivalState
}

export type ArrivingThreadMessage =
  | { readonly kind: 'histogram'; readonly histogram: ProvisionalHistogram }
  /** Undefined: the dump has to be scanned as usual. */
  | { readonly kind: 'scanned'; readonly dump: ScannedDump | undefined }

const HISTOGRAM_MS = 1000

const port = parentPort
if (port === null) throw new Error('arriving-thread runs in a worker thread only.')
const { dumpPath, state } = workerData as ArrivingThreadStart
const source = openArrivingFile(dumpPath, state, tellNowAndThen)
const histogram = histogramSoFar(source)
let told = -Infinity
let toldBytes = 0
let last: ArrivedSoFar | undefined
const dump = scanArrivingDump(source, (soFar) => {
  last = soFar
  tellNowAndThen()
})
source.close()
post({ kind: 'scanned', dump }, bitmapsOf(dump))

/** @returns after how many milliseconds there will be something to tell */
function tellNowAndThen(): number {
  if (last === undefined || last.bytes === toldBytes) return Infinity
  const left = told + HISTOGRAM_MS - performance.now()
  if (left > 0) return left
  told = performance.now()
  toldBytes = last.bytes
  post({ kind: 'histogram', histogram: histogram(last) }, [])
  return Infinity
}

function post(message: ArrivingThreadMessage, moved: ArrayBuffer[]): void {
  port?.postMessage(message, moved)
}

/** Moved, not copied. */
function bitmapsOf(scanned: ScannedDump | undefined): ArrayBuffer[] {
  const chunks = scanned?.scans.flatMap(({ pages }) => pages.chunks) ?? []
  return chunks.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}
