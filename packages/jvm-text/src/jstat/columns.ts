/** The columns of jstat: which option prints which, and what their values are. */

/** Columns with numbers, of all options and all JDKs, in the order in which they are shown. */
export const JSTAT_COLUMNS = [
  // Share of a space that is used: survivors, eden, old generation; the permanent generation until JDK 7, since
  // then metaspace and compressed class space.
  'S0',
  'S1',
  'E',
  'O',
  'P',
  'M',
  'CCS',
  // Lowest, highest and present capacity of the new generation.
  'NGCMN',
  'NGCMX',
  'NGC',
  // The survivors, C: capacity, CMX: highest capacity, U: used.
  'S0CMX',
  'S0C',
  'S1CMX',
  'S1C',
  'S0U',
  'S1U',
  // Collections an object survives before it is promoted, the highest number of them, the wished survivor size.
  'TT',
  'MTT',
  'DSS',
  'ECMX',
  'EC',
  'EU',
  // The old generation: OGC is its capacity, OC that of its one space.
  'OGCMN',
  'OGCMX',
  'OGC',
  'OC',
  'OU',
  'PGCMN',
  'PGCMX',
  'PGC',
  'PC',
  'PU',
  'MCMN',
  'MCMX',
  'MC',
  'MU',
  'CCSMN',
  'CCSMX',
  'CCSC',
  'CCSU',
  // Collections and the seconds they took: young, full, concurrent (since JDK 11), all.
  'YGC',
  'YGCT',
  'FGC',
  'FGCT',
  'CGC',
  'CGCT',
  'GCT',
] as const
export type JstatColumn = (typeof JSTAT_COLUMNS)[number]

/** Columns with words, of `-gccause`: why the last collection ran, and the one that runs now. */
export const TEXT_COLUMNS = ['LGCC', 'GCC'] as const

export type JstatOption =
  | 'gcutil'
  | 'gccause'
  | 'gc'
  | 'gcnew'
  | 'gcold'
  | 'gccapacity'
  | 'gcnewcapacity'
  | 'gcoldcapacity'
  | 'gcmetacapacity'
  | 'gcpermcapacity'

/** What an option prints: columns that are always there, and groups of which a JDK prints all or none. */
interface OptionColumns {
  readonly option: JstatOption
  readonly always: readonly string[]
  readonly sometimes: readonly (readonly string[])[]
}

const PERCENTAGES = 'S0 S1 E O YGC YGCT FGC FGCT GCT'
const CONCURRENT = 'CGC CGCT'

/** The options that tell about collections, of JDK 5 to 25; one whose columns include those of another comes first. */
const OPTIONS: readonly OptionColumns[] = [
  options('gccause', `${PERCENTAGES} LGCC GCC`, 'P', 'M', 'CCS', CONCURRENT),
  options('gcutil', PERCENTAGES, 'P', 'M', 'CCS', CONCURRENT),
  options('gc', 'S0C S1C S0U S1U EC EU OC OU YGC YGCT FGC FGCT GCT', 'PC PU', 'MC MU', 'CCSC CCSU', CONCURRENT),
  options('gcnew', 'S0C S1C S0U S1U TT MTT DSS EC EU YGC YGCT'),
  options('gcold', 'OC OU YGC FGC FGCT GCT', 'PC PU', 'MC MU', 'CCSC CCSU', CONCURRENT),
  options(
    'gccapacity',
    'NGCMN NGCMX NGC S0C S1C EC OGCMN OGCMX OGC OC YGC FGC',
    'PGCMN PGCMX PGC PC',
    'MCMN MCMX MC',
    'CCSMN CCSMX CCSC',
    'CGC',
  ),
  options('gcnewcapacity', 'NGCMN NGCMX NGC S0CMX S0C S1CMX S1C ECMX EC YGC FGC', 'CGC'),
  options('gcoldcapacity', 'OGCMN OGCMX OGC OC YGC FGC FGCT GCT', CONCURRENT),
  options('gcmetacapacity', 'MCMN MCMX MC YGC FGC FGCT GCT', 'CCSMN CCSMX CCSC', CONCURRENT),
  options('gcpermcapacity', 'PGCMN PGCMX PGC PC YGC FGC FGCT GCT'),
]

function options(option: JstatOption, always: string, ...sometimes: string[]): OptionColumns {
  return { option, always: always.split(' '), sometimes: sometimes.map((group) => group.split(' ')) }
}

/** The option that prints exactly these columns, in whatever order; undefined when none does. */
export function optionOf(columns: readonly string[]): JstatOption | undefined {
  const given = new Set(columns)
  if (given.size !== columns.length) return undefined
  return OPTIONS.find(({ always, sometimes }) => {
    if (!always.every((name) => given.has(name))) return false
    const groups = sometimes.filter((group) => group.every((name) => given.has(name)))
    return groups.reduce((sum, group) => sum + group.length, always.length) === columns.length
  })?.option
}

const KNOWN_WORDS: ReadonlySet<string> = new Set(['Timestamp', ...JSTAT_COLUMNS, ...TEXT_COLUMNS])

/** Whether a word is the title of some column of an option that tells about collections. */
export function isColumnTitle(word: string): boolean {
  return KNOWN_WORDS.has(word)
}

/** KB are those of jstat: 1,024 bytes. */
export type JstatUnit = 'percent' | 'KB' | 'seconds' | 'count'

const PERCENT_COLUMNS: ReadonlySet<string> = new Set(['S0', 'S1', 'E', 'O', 'P', 'M', 'CCS'])
const COUNT_COLUMNS: ReadonlySet<string> = new Set(['TT', 'MTT', 'YGC', 'FGC', 'CGC'])
const SECONDS_COLUMNS: ReadonlySet<string> = new Set(['YGCT', 'FGCT', 'CGCT', 'GCT'])

export function unitOf(column: JstatColumn): JstatUnit {
  if (PERCENT_COLUMNS.has(column)) return 'percent'
  if (SECONDS_COLUMNS.has(column)) return 'seconds'
  return COUNT_COLUMNS.has(column) ? 'count' : 'KB'
}

/** Only ever grow while a JVM lives; all other columns go up and down. */
export const COUNTERS: readonly JstatColumn[] = ['YGC', 'YGCT', 'FGC', 'FGCT', 'CGC', 'CGCT', 'GCT']
