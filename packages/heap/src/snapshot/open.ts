/** Opens a snapshot: reads its header and directory, and nothing else before it is asked. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { PAGE, type SectionName } from './format.ts'
import { readDirectory } from './header.ts'
import { PageCache } from './page-cache.ts'
import { SnapshotReader } from './reader.ts'
import { Section } from './section.ts'
import type { Snapshot } from './snapshot.ts'

export interface OpenOptions {
  /** Bytes of pages that are kept at most. */
  readonly cacheBytes?: number
}

const DEFAULT_CACHE = 64 << 20
/** A block that runs over page borders must not push out what it started from. */
const FEWEST_SLOTS = 16

/** @throws SnapshotError when the file is no snapshot of this version, not all of one, or damaged. */
export function openSnapshot(source: ByteSource, options: OpenOptions = {}): Snapshot {
  const directory = readDirectory(source)
  const wanted = Math.max(FEWEST_SLOTS, Math.ceil((options.cacheBytes ?? DEFAULT_CACHE) / PAGE))
  const slots = Math.min(wanted, Math.ceil(source.size / PAGE))
  const cache = new PageCache(source, directory.pageTable, slots)
  const entries = new Map(directory.sections.map((entry) => [entry.name, entry]))
  const sections = new Map<SectionName, Section>()
  const section = (name: SectionName): Section => {
    const known = sections.get(name) ?? new Section(cache, entries.get(name) ?? { name, length: 0, firstEntry: 0 })
    sections.set(name, known)
    return known
  }
  return new SnapshotReader(directory, section)
}
