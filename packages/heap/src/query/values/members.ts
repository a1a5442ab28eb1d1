/** How the members of collections are found: arrays, chains, hash tables, trees, as the JDK keeps them. */
import type { Heap } from '../heap.ts'
import { type Instance, elementIds, indexOfId, instanceAt } from './instance.ts'

/** Ids; 0n is null. A map's member has a key. */
export interface Member {
  readonly key?: bigint
  readonly value: bigint
}

/** From the member at place `from` on. */
export type Members = (of: Instance, from: number) => Iterable<Member>
export type Size = (of: Instance) => number | undefined

/** Longer chains are taken for damaged. */
const MOST_IN_CHAIN = 1 << 28

export function inField(name: string): Size {
  return (of) => of.int(name)
}

export function lengthOf(field: string): Size {
  return (of) => of.array(field)?.length
}

/** Members that can only be counted off. */
export function skipping(all: (of: Instance) => Iterable<Member>): Members {
  return function* (of, from) {
    let place = 0
    for (const member of all(of)) if (place++ >= from) yield member
  }
}

export function* none(): Generator<Member> {}

export function inArray(field: string): Members {
  return function* (of, from) {
    for (const value of elementIds(of.heap, of.array(field), from)) yield { value }
  }
}

export function nonNull(field: string): (of: Instance) => Iterable<Member> {
  return function* (of) {
    for (const value of elementIds(of.heap, of.array(field))) if (value !== 0n) yield { value }
  }
}

export function single(field: string): Members {
  return function* (of, from) {
    if (from === 0) yield { value: of.id(field) }
  }
}

export function one(key: string, value: string): (of: Instance) => Iterable<Member> {
  return (of) => [{ key: of.id(key), value: of.id(value) }]
}

/** `e1` is null or a marker when there is one element only: the marker is an Object, static `EMPTY` of the outer class. */
function isPair(of: Instance): boolean {
  const second = indexOfId(of.heap, of.id('e1'))
  return second >= 0 && of.heap.classes[of.heap.snapshot.classOf(second)].name !== 'java.lang.Object'
}

export function pairSize(of: Instance): number {
  return isPair(of) ? 2 : 1
}

export function* pair(of: Instance, from: number): Generator<Member> {
  const values = [of.id('e0'), ...(isPair(of) ? [of.id('e1')] : [])]
  for (const value of values.slice(from)) yield { value }
}

function* around(of: Instance, field: string, head: number): Generator<Member> {
  const array = of.array(field)
  for (const value of elementIds(of.heap, array, head)) yield { value }
  for (const value of elementIds(of.heap, array, 0, head)) yield { value }
}

export function circular(field: string, headField: string): Members {
  return (of, from) => {
    const length = of.array(field)?.length ?? 0
    return length === 0 ? [] : around(of, field, ((of.int(headField) ?? 0) + from) % length)
  }
}

export function dequeSize(of: Instance): number | undefined {
  const length = of.array('elements')?.length
  const head = of.int('head')
  const tail = of.int('tail')
  if (length === undefined || head === undefined || tail === undefined) return undefined
  return length === 0 ? 0 : (tail - head + length) % length
}

export function dequeMembers(of: Instance, from: number): Iterable<Member> {
  return circular('elements', 'head')(of, from)
}

/** Nodes of a chain, each with its `next`; a node may also refer to itself when it was unlinked. */
function* nodesFrom(heap: Heap, first: bigint, next = 'next'): Generator<Instance> {
  let id = first
  for (let steps = 0; id !== 0n && steps < MOST_IN_CHAIN; steps++) {
    const index = indexOfId(heap, id)
    const node = index < 0 ? undefined : instanceAt(heap, index)
    if (node === undefined) return
    yield node
    const following = node.id(next)
    if (following === id) return
    id = following
  }
}

/** Queues keep one node without an item at their head. */
export function chainFrom(first: string, item: string): (of: Instance) => Iterable<Member> {
  return function* (of) {
    const mayBeEmpty = first === 'head'
    for (const node of nodesFrom(of.heap, of.id(first))) {
      const value = node.id(item)
      if (value !== 0n || !mayBeEmpty) yield { value }
    }
  }
}

/** More are not counted for a label. */
const MOST_COUNTED = 10_000

export function counting(first: string): Size {
  return (of) => {
    let count = 0
    for (const _ of chainFrom(first, 'item')(of)) if (++count > MOST_COUNTED) return undefined
    return count
  }
}

export function queueCount(of: Instance): number | undefined {
  return of.object('count')?.int('value')
}

/** Hash tables whose buckets are chains. */
export function buckets(value: string, key = 'key'): (of: Instance) => Iterable<Member> {
  return function* (of) {
    for (const bucket of elementIds(of.heap, of.array('table')))
      for (const node of nodesFrom(of.heap, bucket)) yield { key: node.id(key), value: node.id(value) }
  }
}

/** In the order of insertion or access. Up to JDK 7 the header is an entry of its own, in a ring. */
export function* linkedEntries(of: Instance): Generator<Member> {
  const header = of.id('header')
  const start = header === 0n ? of.id('head') : (of.object('header')?.id('after') ?? 0n)
  for (const node of nodesFrom(of.heap, start, 'after')) {
    if (header !== 0n && of.heap.snapshot.idOf(node.index) === header) return
    yield { key: node.id('key'), value: node.id('value') }
  }
}

/** `baseCount` and the counter cells of contended updates; up to JDK 7 the counts of the segments. */
export function concurrentSize(of: Instance): number | undefined {
  const base = of.long('baseCount')
  if (base !== undefined) return Math.max(0, Number(base + sumOfCells(of, 'counterCells')))
  const segments = of.array('segments')
  if (segments === undefined) return undefined
  let count = 0
  for (const id of elementIds(of.heap, segments)) {
    const index = indexOfId(of.heap, id)
    count += (index < 0 ? undefined : instanceAt(of.heap, index)?.int('count')) ?? 0
  }
  return count
}

/** Cells of a striped counter. */
export function sumOfCells(of: Instance, field: string): bigint {
  let sum = 0n
  for (const id of elementIds(of.heap, of.array(field))) {
    const index = indexOfId(of.heap, id)
    sum += (index < 0 ? undefined : instanceAt(of.heap, index)?.long('value')) ?? 0n
  }
  return sum
}

export function* concurrentMembers(of: Instance): Generator<Member> {
  for (const id of elementIds(of.heap, of.array('segments'))) {
    const index = indexOfId(of.heap, id)
    const segment = index < 0 ? undefined : instanceAt(of.heap, index)
    if (segment !== undefined) yield* buckets('value')(segment)
  }
  for (const bucket of elementIds(of.heap, of.array('table'))) yield* binMembers(of.heap, bucket)
}

/** A bin is a chain, or a tree whose nodes are chained too; one that was moved while the table grew is empty here. */
function* binMembers(heap: Heap, bucket: bigint): Generator<Member> {
  const index = indexOfId(heap, bucket)
  const node = index < 0 ? undefined : instanceAt(heap, index)
  if (node === undefined) return
  const first = node.id('first')
  for (const entry of nodesFrom(heap, first === 0n ? bucket : first)) {
    const key = entry.id('key')
    if (key !== 0n) yield { key, value: entry.id('val') }
  }
}

/** By rising key: down the left edge, then from each node to its right. */
export function* treeEntries(of: Instance): Generator<Member> {
  const open: Instance[] = []
  const seen = new Set<number>()
  const descend = (start: Instance | undefined): void => {
    for (let node = start; node !== undefined && !seen.has(node.index); node = node.object('left')) {
      seen.add(node.index)
      open.push(node)
    }
  }
  descend(of.object('root'))
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield { key: node.id('key'), value: node.id('value') }
    descend(node.object('right'))
  }
}

/** The lowest level of a skip list is the chain of all its nodes; the first of them is a mark without a key. */
export function* skipListEntries(of: Instance): Generator<Member> {
  const base = of.object('head')?.id('node') ?? 0n
  for (const node of nodesFrom(of.heap, base)) {
    const key = node.id('key')
    const value = node.id('val') || node.id('value')
    // Deleted nodes have no value; a marker behind one refers to itself.
    if (key !== 0n && value !== 0n && value !== of.heap.snapshot.idOf(node.index)) yield { key, value }
  }
}

/** Since JDK 10 an adder counts; before, nobody did. */
export function skipListSize(of: Instance): number | undefined {
  const adder = of.object('adder')
  if (adder !== undefined) return Number((adder.long('base') ?? 0n) + sumOfCells(adder, 'cells'))
  let count = 0
  for (const _ of skipListEntries(of)) if (++count > MOST_COUNTED) return undefined
  return count
}

/** Keys and values one behind the other. */
export function* alternating(of: Instance): Generator<Member> {
  let key: bigint | undefined
  for (const id of elementIds(of.heap, of.array('table'))) {
    if (key === undefined) key = id
    else {
      if (key !== 0n) yield { key, value: id }
      key = undefined
    }
  }
}

/** Values by the ordinal of their key; what was never put is null, a null value is a mark. */
export function* enumEntries(of: Instance): Generator<Member> {
  const keys = [...elementIds(of.heap, of.array('keyUniverse'))]
  let ordinal = 0
  for (const value of elementIds(of.heap, of.array('vals'), 0, keys.length)) {
    const key = keys[ordinal++]
    if (value !== 0n) yield { key, value }
  }
}

export function bitCount(of: Instance): number | undefined {
  const bits = of.long('elements')
  return bits === undefined ? undefined : BigInt.asUintN(64, bits).toString(2).replaceAll('0', '').length
}

export function* enumMembers(of: Instance, from: number): Generator<Member> {
  const bits = BigInt.asUintN(64, of.long('elements') ?? 0n)
  let ordinal = 0n
  let place = 0
  for (const value of elementIds(of.heap, of.array('universe')))
    if ((bits >> ordinal++) & 1n && place++ >= from) yield { value }
}
