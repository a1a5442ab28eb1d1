/** Sections as a writer leaves them, ready to be read. */
import { bytesSource } from '@heaptrail/hprof/byte-source'
import type { SectionName } from '../format.ts'
import { PageCache } from '../page-cache.ts'
import { PageWriter } from '../page-writer.ts'
import { Section } from '../section.ts'
import { memorySink } from '../sink.ts'

/** @param slots pages that are kept at most */
export function writtenSections(write: (pages: PageWriter) => void, slots = 16): (name: SectionName) => Section {
  const sink = memorySink()
  const pages = new PageWriter(sink)
  write(pages)
  const { sections, pageTable } = pages.finish([])
  const cache = new PageCache(bytesSource(sink.bytes()), pageTable, slots)
  return (name) => {
    const entry = sections.find((section) => section.name === name)
    if (entry === undefined) throw new Error(`nothing was written to ${name}`)
    return new Section(cache, entry)
  }
}
