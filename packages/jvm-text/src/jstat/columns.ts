/** The header lines of jstat: which option printed them, and which columns they announce. */

/** Columns of `jstat -gcutil` of all JDKs, in the order in which they are shown. */
export const GCUTIL_COLUMNS = [
  'S0',
  'S1',
  'E',
  'O',
  // JDK 6 and 7: permanent generation; since JDK 8: metaspace and compressed class space.
  'P',
  'M',
  'CCS',
  'YGC',
  'YGCT',
  'FGC',
  'FGCT',
  // Since JDK 11.
  'CGC',
  'CGCT',
  'GCT',
] as const
export type GcutilColumn = (typeof GCUTIL_COLUMNS)[number]

/** Percentages of a space; the other columns only ever grow while a JVM lives. */
export const GAUGES: readonly GcutilColumn[] = ['S0', 'S1', 'E', 'O', 'P', 'M', 'CCS']
export const COUNTERS: readonly GcutilColumn[] = ['YGC', 'YGCT', 'FGC', 'FGCT', 'CGC', 'CGCT', 'GCT']

export type Header =
  | {
      readonly kind: 'gcutil'
      readonly columns: readonly GcutilColumn[]
      /** The first value of each row is the uptime in seconds (`-t`). */
      readonly timestamp: boolean
      /** What stands before the columns: a file name that grep printed, the title of a column that a script put first. */
      readonly prefix: string
      readonly separator: 'blank' | 'comma'
    }
  /** A whole header of another option of jstat. */
  | { readonly kind: 'other-option'; readonly option: string }
  /** Begins like the header of -gcutil and stops. */
  | { readonly kind: 'cut-off' }

const GCUTIL = /^(.*?)(S0 S1 E O (?:P|M(?: CCS)?) YGC YGCT FGC FGCT (?:CGC CGCT )?GCT)$/

/** What the headers of the other options begin with, after a Timestamp column, if any. */
const OTHER_OPTIONS: readonly (readonly [option: string, header: RegExp])[] = [
  ['gccause', /\bS0 S1 E O .*\bGCT LGCC GCC$/],
  ['gcnew', /\bS0C S1C S0U S1U TT MTT\b/],
  ['gc', /\bS0C S1C S0U S1U EC EU\b/],
  ['gccapacity', /\bNGCMN NGCMX NGC S0C\b/],
  ['gcnewcapacity', /\bNGCMN NGCMX NGC S0CMX\b/],
  ['gcoldcapacity', /^(?:Timestamp )?OGCMN OGCMX\b/],
  ['gcmetacapacity', /^(?:Timestamp )?MCMN MCMX\b/],
  ['gcpermcapacity', /^(?:Timestamp )?PGCMN PGCMX\b/],
  ['gcold', /^(?:Timestamp )?(?:PC PU|MC MU)\b.*\bOC OU\b/],
  ['class', /\bLoaded Bytes Unloaded Bytes Time$/],
  ['compiler', /\bCompiled Failed Invalid Time\b/],
  ['printcompilation', /\bCompiled Size Type Method$/],
]

/** Terminal colours and NUL bytes, which holes in a file leave. */
// oxlint-disable-next-line no-control-regex -- exactly the control characters are meant
const INVISIBLE = /\u001b\[[0-9;?]*[A-Za-z]|\u0000/g

/** A line as a person sees it. */
export function visible(line: string): string {
  return line.replace(INVISIBLE, '').trim()
}

/** Something of this is in every header; most lines of other texts are dismissed with it. */
const MAY_BE_HEADER = /S0|CMN|OC\s|Loaded|Compiled/

/** What a line announces, or undefined when it is no header. */
export function readHeader(rawLine: string): Header | undefined {
  if (!MAY_BE_HEADER.test(rawLine)) return undefined
  const line = visible(rawLine)
  const separator = /\bS0\s*,\s*S1\b/.test(line) ? 'comma' : 'blank'
  const words = line.split(separator === 'comma' ? /\s*,\s*/ : /\s+/).join(' ')
  const match = GCUTIL.exec(words)
  if (match !== null) {
    const prefix = (match[1] ?? '').trim()
    const timestamp = /(?:^|\s)Timestamp$/.test(prefix)
    return {
      kind: 'gcutil',
      columns: (match[2] ?? '').split(' ') as GcutilColumn[],
      timestamp,
      prefix: timestamp ? prefix.slice(0, -'Timestamp'.length).trim() : prefix,
      separator,
    }
  }
  const other = OTHER_OPTIONS.find(([, header]) => header.test(words))
  if (other !== undefined) return { kind: 'other-option', option: other[0] }
  return /(?:^| )S0 S1 E\b/.test(words) ? { kind: 'cut-off' } : undefined
}
