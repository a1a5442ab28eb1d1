/**
 * Dumps that are read while they come in. Each has a process that makes the first pass over the bytes that are there;
 * the analysis of the content goes on with it when the upload is complete. If it ended meanwhile, or none was
 * started, everything goes its ordinary way.
 */
import { type FollowedDump, type ProvisionalHistogram, followDump } from '@heaptrail/heap-node/followed-dump'

/** Told of the bytes of one dump, in the order in which they come in. */
export interface DumpWatcher {
  /** So many are in the file now. */
  arrived(bytes: number): void
  /** It has no more; its content has a name. */
  finished(facts: { readonly size: number; readonly sha256: string }): void
  /** It will not be finished. */
  stopped(): Promise<void>
}

/** What was found while a content came in. */
export interface EarlyReading {
  readonly followed: FollowedDump
  /** Of all of it, or nearly. */
  readonly histogram: ProvisionalHistogram | undefined
}

export interface EarlyAnalyses {
  /** @returns undefined when nobody reads it early: the upload has one already, or as many as allowed are read */
  watch(uploadId: string, file: string): DumpWatcher | undefined
  histogramOfUpload(uploadId: string): ProvisionalHistogram | undefined
  histogramOfContent(sha256: string): ProvisionalHistogram | undefined
  /** Nothing comes of the upload. */
  forget(uploadId: string): Promise<void>
  /** Whoever takes it has to use or stop it. */
  take(sha256: string): EarlyReading | undefined
  close(): Promise<void>
}

interface Entry {
  readonly uploadId: string
  followed: FollowedDump | undefined
  histogram: ProvisionalHistogram | undefined
  /** Known once it is finished. */
  sha256: string | undefined
  timer: NodeJS.Timeout | undefined
}

/** Of a dump, before a process is started for it: smaller ones are read in a moment. */
const WORTH_A_PROCESS = 1 << 20
/** So long a finished one waits for its analysis, e.g. behind that of another dump. */
const PATIENCE_MS = 5 * 60_000

export function createEarlyAnalyses(atOnce: number): EarlyAnalyses {
  const entries = new Map<string, Entry>()
  const ofContent = (sha256: string) => [...entries.values()].find((entry) => entry.sha256 === sha256)

  async function drop(entry: Entry): Promise<void> {
    clearTimeout(entry.timer)
    if (entries.get(entry.uploadId) === entry) entries.delete(entry.uploadId)
    await entry.followed?.stop()
  }

  return {
    watch(uploadId, file) {
      if (entries.has(uploadId) || entries.size >= atOnce) return undefined
      const entry: Entry = { uploadId, followed: undefined, histogram: undefined, sha256: undefined, timer: undefined }
      entries.set(uploadId, entry)
      return {
        arrived(bytes) {
          if (bytes >= WORTH_A_PROCESS) entry.followed ??= followDump(file, (told) => (entry.histogram = told))
          entry.followed?.arrived(bytes)
        },
        finished({ size, sha256 }) {
          if (entry.followed === undefined) return void drop(entry)
          entry.followed.whole(size)
          entry.sha256 = sha256
          entry.timer = setTimeout(() => void drop(entry), PATIENCE_MS).unref()
        },
        stopped: () => drop(entry),
      }
    },
    histogramOfUpload: (uploadId) => entries.get(uploadId)?.histogram,
    histogramOfContent: (sha256) => ofContent(sha256)?.histogram,
    async forget(uploadId) {
      const entry = entries.get(uploadId)
      if (entry !== undefined) await drop(entry)
    },
    take(sha256) {
      const entry = ofContent(sha256)
      if (entry?.followed === undefined) return undefined
      clearTimeout(entry.timer)
      entries.delete(entry.uploadId)
      return { followed: entry.followed, histogram: entry.histogram }
    },
    async close() {
      await Promise.all(Array.from(entries.values(), drop))
    },
  }
}
