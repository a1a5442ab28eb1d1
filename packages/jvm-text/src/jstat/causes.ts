/** The two columns with words of `-gccause`, which stand behind the numbers without anything to tell them apart. */

/**
 * Causes that are longer than the 20 characters jstat pads them to, or may be followed by one blank only, as HotSpot
 * (gcCause.cpp) of JDK 6 to 25 spells them.
 */
const CAUSES = [
  'No GC',
  'System.gc()',
  'FullGCAlot',
  'ScavengeAlot',
  'Allocation Profiler',
  'JvmtiEnv ForceGarbageCollection',
  'GCLocker Initiated GC',
  'Heap Inspection Initiated GC',
  'Heap Dump Initiated GC',
  'WhiteBox Initiated Young GC',
  'WhiteBox Initiated Concurrent Mark',
  'WhiteBox Initiated Full GC',
  'Update Allocation Context Stats',
  'Allocation Failure',
  'Codecache GC Threshold',
  'Codecache GC Aggressive',
  'Permanent Generation Full',
  'Metadata GC Threshold',
  'Metadata GC Clear Soft References',
  'CMS Generation Full',
  'CMS Initial Mark',
  'CMS Final Remark',
  'CMS Concurrent Mark',
  'Old Generation Expanded On Last Scavenge',
  'Old Generation Too Full To Scavenge',
  'Ergonomics',
  'G1 Evacuation Pause',
  'G1 Humongous Allocation',
  'G1 Periodic Collection',
  'G1 Compaction Pause',
  'G1 Preventive Collection',
  'Diagnostic Command',
  'Last ditch collection',
  'Allocation Failure During Concurrent GC',
  'Concurrent GC',
  'Upgrade To Full GC',
  'Timer',
  'Warmup',
  'Allocation Rate',
  'Allocation Stall',
  'Proactive',
  'High Usage',
  'unknown GCCause',
].sort((a, b) => b.length - a.length)

/** A log has few causes and many rows. */
const MOST_KNOWN = 1000

/** What `splitCauses` found, by the words it was asked about: one for each log that is read. */
export type KnownCauses = Map<string, [last: string, current: string]>

/** As `splitCauses`, and remembers. */
export function causesOf(words: string, separator: 'blank' | 'comma', known: KnownCauses): [string, string] {
  const found = known.get(words)
  if (found !== undefined) return found
  const causes = splitCauses(words, separator)
  if (known.size < MOST_KNOWN) known.set(words, causes)
  return causes
}

/** Splits the words behind the numbers of a row: the cause of the last collection, and of the one that runs. */
export function splitCauses(words: string, separator: 'blank' | 'comma'): [last: string, current: string] {
  const fields = words.trim().split(separator === 'comma' ? /\s*,\s*/ : /\s*[\t;|]\s*|\s{2,}/)
  if (fields.length > 1) return [unquoted(fields[0]!), unquoted(fields[1]!)]
  const text = unquoted(fields[0]!)
  const known = CAUSES.find((cause) => text.startsWith(cause) && /^(?: |$)/.test(text.slice(cause.length)))
  if (known !== undefined) return [known, text.slice(known.length).trim()]
  // Of the two, one is mostly this: either a collection runs or none does.
  return text.endsWith(' No GC') ? [text.slice(0, -' No GC'.length).trim(), 'No GC'] : [text, '']
}

function unquoted(field: string): string {
  return field.replaceAll('"', '').trim()
}
