/** Through which field owners hold the objects of a group: from the class where it has only one, otherwise from their contents. */
import { edgeBudget, edgeNames, type EdgeBudget } from '../edge-names.ts'
import type { Heap } from '../heap.ts'
import type { EdgeName } from '../messages.ts'
import type { HolderColumns } from './holder-columns.ts'
import { ALL_HASHES, type OwnedGroup } from './owned-groups.ts'

/** What one field of the owners holds of a group. */
export interface OwnedByField {
  readonly field: EdgeName | null
  objects: number
  bytes: number
  shared: number
  readonly estimated: boolean
  largest: number
  largestBytes: number
}

/** Records that one question may read. */
const MOST_READ = 40_000
/** Of a group that comes when the others have been read. */
const LEAST_READ = 8

export interface FieldReader {
  /** By bytes, the biggest first. Sums are those of the group. */
  fieldsOf(group: OwnedGroup): readonly OwnedByField[]
  /** How this object refers to another one. */
  edge(from: number, to: number): EdgeName | null
}

/**
 * @param sizeOf of an object, as the groups have measured it
 * @param mostRead records of owners; of a group some are read in any case
 */
export function fieldReader(
  heap: Heap,
  columns: HolderColumns,
  sizeOf: (index: number) => number,
  mostRead = MOST_READ,
): FieldReader {
  const budget = edgeBudget()
  const only = new Map<number, EdgeName | undefined>()
  let left = mostRead

  function edge(from: number, to: number): EdgeName | null {
    const number = columns.numberOf(from)
    if (number === columns.rootNumber) return null
    if (!only.has(number)) only.set(number, onlyEdge(heap, columns, number))
    return only.get(number) ?? readEdge(heap, from, to, budget)
  }

  function fieldsOf(group: OwnedGroup): readonly OwnedByField[] {
    const holder = group.largest === 0 ? 0 : columns.outermost(group.largest)
    const number = group.holder
    if (!only.has(number)) only.set(number, onlyEdge(heap, columns, number))
    const known = number === columns.rootNumber ? null : only.get(number)
    if (known !== undefined) return [{ ...figures(group), field: known, estimated: false }]
    const read = Math.max(LEAST_READ, Math.min(left, group.sample.length))
    const step = Math.max(1, Math.ceil(group.sample.length / read))
    const sample = group.sample.filter((_, place) => place % step === 0)
    left = Math.max(0, left - sample.length - group.heavy.length)
    const isWhole = group.hashes === ALL_HASHES && step === 1
    const edgeOf = (index: number) => {
      const outermost = index === group.largest ? holder : columns.outermost(index)
      return edge(columns.parentOf(outermost), outermost)
    }
    return apportioned(group, tally(sample, edgeOf, sizeOf), tally(group.heavy, edgeOf, sizeOf), isWhole)
  }
  return { fieldsOf, edge }
}

function figures({ objects, bytes, shared, largest, largestBytes }: OwnedGroup) {
  return { objects, bytes, shared, largest, largestBytes }
}

/** Undefined where the contents have to be read. */
function onlyEdge(heap: Heap, { classes }: HolderColumns, number: number): EdgeName | undefined {
  if (number >= classes) return undefined
  const { kind } = heap.classes[number]
  if (kind === 'object-array') return { kind: 'element', name: '[]' }
  // What the stack of a thread holds is in no field.
  if (kind !== 'instance' || heap.facts.kindOf(number) === 'thread') return undefined
  const references = heap.facts.fieldsOf(number).filter(({ type }) => type === 2)
  return references.length === 1 ? { kind: 'field', name: references[0].name } : undefined
}

function readEdge(heap: Heap, from: number, to: number, budget: EdgeBudget): EdgeName | null {
  const [edges = []] = edgeNames(heap, from, [to], budget)
  const edge = edges.find(({ kind }) => kind !== 'class') ?? edges[0]
  if (edge === undefined) return null
  return edge.kind === 'element' ? { kind: 'element', name: '[]' } : edge
}

interface Tally {
  readonly field: EdgeName | null
  objects: number
  bytes: number
  largest: number
  largestBytes: number
}

function tally(
  indices: readonly number[],
  edgeOf: (index: number) => EdgeName | null,
  sizeOf: (index: number) => number,
): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const index of indices) {
    const field = edgeOf(index)
    const key = fieldKey(field)
    const counted = tallies.get(key) ?? { field, objects: 0, bytes: 0, largest: index, largestBytes: -1 }
    tallies.set(key, counted)
    const bytes = sizeOf(index)
    counted.objects++
    counted.bytes += bytes
    if (bytes > counted.largestBytes) {
      counted.largest = index
      counted.largestBytes = bytes
    }
  }
  return tallies
}

export function fieldKey(field: EdgeName | null): string {
  return field === null ? '' : `${field.kind} ${field.name}`
}

/** The heavy ones as they are, the others in the proportions of the sample; what rounding leaves goes to the biggest. */
function apportioned(
  group: OwnedGroup,
  sample: ReadonlyMap<string, Tally>,
  heavy: ReadonlyMap<string, Tally>,
  isWhole: boolean,
): OwnedByField[] {
  const sampled = [...sample.values()]
  const sampledObjects = sampled.reduce((sum, { objects }) => sum + objects, 0)
  const sampledBytes = sampled.reduce((sum, { bytes }) => sum + bytes, 0)
  const restObjects = group.objects - group.heavy.length
  const restBytes = group.bytes - group.heavyBytes
  const part = (of: number, whole: number, all: number) => (whole === 0 ? 0 : Math.floor((of / whole) * all))
  const fields = [...new Set([...sample.keys(), ...heavy.keys()])].map((key): OwnedByField => {
    const [light, weighty] = [sample.get(key), heavy.get(key)]
    const biggest = (light?.largestBytes ?? -1) > (weighty?.largestBytes ?? -1) ? light : weighty
    const bytes = part(light?.bytes ?? 0, sampledBytes, restBytes) + (weighty?.bytes ?? 0)
    return {
      field: (light ?? weighty)?.field ?? null,
      objects: part(light?.objects ?? 0, sampledObjects, restObjects) + (weighty?.objects ?? 0),
      bytes,
      shared: part(bytes, group.bytes, group.shared),
      estimated: !isWhole && sampled.length > 1 && light !== undefined,
      largest: biggest?.largest ?? group.largest,
      largestBytes: biggest?.largestBytes ?? group.largestBytes,
    }
  })
  const sorted = fields.toSorted((a, b) => b.bytes - a.bytes)
  const [first] = sorted
  if (first !== undefined) {
    first.objects += group.objects - sorted.reduce((sum, { objects }) => sum + objects, 0)
    first.bytes += group.bytes - sorted.reduce((sum, { bytes }) => sum + bytes, 0)
    first.shared += group.shared - sorted.reduce((sum, { shared }) => sum + shared, 0)
  }
  return sorted
}
