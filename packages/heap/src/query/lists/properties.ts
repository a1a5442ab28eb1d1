/** System properties and environment of the JVM, as the heap keeps them. */
import type { Heap } from '../heap.ts'
import { printId } from '../heap.ts'
import { mapEntries } from '../object/jdk-collections.ts'
import type { ObjectId, Page, Window } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { objectReader, staticReference } from '../object-reader.ts'
import { reading } from '../reading.ts'
import { remembered } from '../remembered.ts'
import { type SecretBy, masked } from './secrets.ts'
import { stringText } from '../object/text.ts'

export type PropertySource = 'system' | 'environment'

export interface PropertyRow {
  source: PropertySource
  name: string
  /** Without what looks like a secret, unless it was asked for. */
  value: string
  hidden: SecretBy | null
  /** The string that holds the value; null while something of it is hidden. */
  objectId: ObjectId | null
}

export interface PropertiesQuery extends Window {
  readonly filter: string
  /** Names of the properties whose values are asked for whatever they look like; `*`: all. */
  readonly reveal: readonly string[]
}

export interface Properties extends Page<PropertyRow> {
  /** How many there are of each, whatever the filter. */
  counts: { system: number; environment: number; hidden: number }
}

interface Property {
  readonly source: PropertySource
  readonly name: string
  readonly value: string
  readonly valueIndex: number | undefined
}

/** A real JVM has about a hundred. */
const MOST_PROPERTIES = 10_000
/** Class paths are long. */
const MOST_TEXT = 100_000
const MOST_DEFAULTS = 8

/** System properties first, each by name. Secrets are hidden; the filter looks at names and at what is shown of values. */
export function properties(heap: Heap, query: PropertiesQuery): Properties {
  const matches = nameFilter(query.filter)
  const all = allProperties(heap)
  const revealed = new Set(query.reveal)
  const hiddenIn = (property: Property) => masked(property.name, property.value)
  const rows = all
    .map((property) => rowOf(heap, property, revealed.has('*') || revealed.has(property.name)))
    .filter(({ name, value }) => matches(name) || matches(value))
  const count = (source: PropertySource) => all.filter((property) => property.source === source).length
  return {
    total: rows.length,
    offset: query.offset,
    rows: rows.slice(query.offset, query.offset + query.limit),
    counts: {
      system: count('system'),
      environment: count('environment'),
      hidden: all.filter((property) => hiddenIn(property).by !== undefined).length,
    },
  }
}

function rowOf(heap: Heap, { source, name, value, valueIndex }: Property, isRevealed: boolean): PropertyRow {
  const { text, by } = isRevealed ? { text: value, by: undefined } : masked(name, value)
  const objectId = by !== undefined || valueIndex === undefined ? null : printId(heap.snapshot.idOf(valueIndex))
  return { source, name, value: text, hidden: by ?? null, objectId }
}

/** By name; empty when the heap does not tell, or the dump is not there any more. */
export function systemProperties(heap: Heap): ReadonlyMap<string, string> {
  return new Map(
    allProperties(heap)
      .filter(({ source }) => source === 'system')
      .map(({ name, value }) => [name, value]),
  )
}

const allProperties = remembered((heap): readonly Property[] => {
  if (heap.dump === undefined) return []
  return [...byName(reading(() => propertiesOf(heap), [])), ...byName(reading(() => environmentOf(heap), []))]
})

function byName(found: readonly Property[]): Property[] {
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** What stands in `System.props` and in the defaults behind it; in a JVM that has just begun, what it was started with. */
function propertiesOf(heap: Heap): Property[] {
  const found = new Map<string, Property>()
  let table = staticReference(heap, 'java.lang.System', 'props')
  for (let depth = 0; table !== undefined && depth < MOST_DEFAULTS; depth++) {
    addEntries(heap, 'system', table, found)
    table = objectReader(heap, table)?.reference('defaults', 'java.util.Properties')
  }
  if (found.size > 0) return [...found.values()]
  for (const holder of ['jdk.internal.misc.VM', 'sun.misc.VM']) {
    const saved = staticReference(heap, holder, 'savedProps')
    if (saved !== undefined) addEntries(heap, 'system', saved, found)
  }
  return [...found.values()]
}

/** The map that `System.getenv` answers with; there is none until somebody has asked for it. */
function environmentOf(heap: Heap): Property[] {
  const found = new Map<string, Property>()
  const environment = staticReference(heap, 'java.lang.ProcessEnvironment', 'theEnvironment')
  if (environment !== undefined) addEntries(heap, 'environment', environment, found)
  return [...found.values()]
}

function addEntries(heap: Heap, source: PropertySource, map: number, found: Map<string, Property>): void {
  for (const { key, value } of mapEntries(heap, map, MOST_PROPERTIES)) {
    const name = textOf(heap, key)
    // Programs may put in other things than text, too.
    const text = value === undefined ? undefined : textOf(heap, value)
    if (name === undefined || text === undefined || found.has(name.text)) continue
    found.set(name.text, { source, name: name.text, value: text.text, valueIndex: text.index })
  }
}

/** A string, or what the environment of a Unix process is made of: bytes beside their text. */
function textOf(heap: Heap, index: number): { text: string; index: number } | undefined {
  const own = stringText(heap, index, MOST_TEXT)
  if (own !== undefined) return { text: own.text, index }
  const inner = objectReader(heap, index)?.reference('str')
  const text = inner === undefined ? undefined : stringText(heap, inner, MOST_TEXT)
  return text === undefined || inner === undefined ? undefined : { text: text.text, index: inner }
}
