/**
 * Every figure of a finding of a heap, counted again by hand: from the bytes of the dump, by another reader, by walking; or from
 * what the program that was dumped is known to have made.
 */
import type { HeapFinding, Holder } from '@heaptrail/api/heap-findings'
import { heapFindings } from '@heaptrail/findings/heap/verdict'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { fixtureText, packedPath, smallDump, unpack } from '@heaptrail/fixtures/packed'
import { COMPRESSED, arraySize } from '@heaptrail/fixtures/sizes'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { suspects } from '@heaptrail/heap/suspects/suspects'
import { expect, test } from 'vitest'
import { type HandHeap, heapByHand } from './heap-by-hand.ts'

interface Told {
  readonly hand: HandHeap
  readonly all: ReadonlySet<number>
  readonly usedHeap: number
  readonly findings: readonly HeapFinding[]
}

async function told(name: string, bytes = smallDump(name), histogram = `${name}.histo.txt`): Promise<Told> {
  const heap = await analysed(bytes)
  const sizeOf = (id: number): number => heap.snapshot.shallowSize(heap.snapshot.indexOf(BigInt(id)))
  const hand = heapByHand(bytes, fixtureText(histogram), sizeOf)
  const all = hand.reached()
  // The boot loader, with the id 0, is in no dump, and counts as a loader that is.
  const usedHeap = hand.bytesOf(all) + sizeOf(0)
  return { hand, all, usedHeap, findings: heapFindings(suspects(heap)) }
}

async function largeDump(name: string): Promise<Told> {
  return told(name, unpack(packedPath(`${largeFixtures}/C-hprof`, name) ?? ''))
}

function holderOf(findings: readonly HeapFinding[], id: HeapFinding['id']): Holder {
  const found = findings.find((finding) => finding.id === id)
  if (found === undefined || !('holder' in found.parameters)) throw new Error(`no ${id}`)
  return found.parameters
}

function number(id: string): number {
  return Number(BigInt(id))
}

/** What is reached no more without these. */
function lostWithout({ hand, all }: Told, ids: Iterable<number>): number[] {
  const left = hand.reached(new Set(ids))
  return [...all].filter((id) => !left.has(id))
}

function named({ hand }: Told, ids: Iterable<number>, className: string): number[] {
  return [...ids].filter((id) => hand.classNameOf(id) === className)
}

/** Shares, and how full the heap was: of what the JVM itself says is its limit. */
function expectShares({ hand, usedHeap }: Told, { share, retained, fullness }: Holder): void {
  expect(share).toBeCloseTo((100 * retained) / usedHeap, 9)
  expect(fullness).toBeCloseTo((100 * usedHeap) / hand.static('jdk.internal.misc.VM', 'directMemory'), 9)
}

/** A collection, the items in it, and what is lost with each. */
function expectCollection(of: Told, holder: Holder): void {
  const { hand } = of
  const collection = number(holder.collection?.object.id ?? '0x0')
  const below = lostWithout(of, [collection])
  expect(holder.collection?.object.retained).toBe(hand.bytesOf(below))
  const gathering = named(of, below, holder.path[0]?.object.className ?? '')
  expect(holder.retained).toBe(hand.bytesOf(lostWithout(of, gathering)))
  expect(holder.items?.count).toBe(named(of, below, holder.items?.className ?? '').length)
}

test('sessions in a map: entries, objects, bytes, shares', { timeout: 60_000 }, async () => {
  const of = await told('leak-17')
  const holder = holderOf(of.findings, 'leak-suspect')
  expectShares(of, holder)
  expectCollection(of, holder)
  expect(holder.collection?.size).toBe(10_000)
  expect(holder.items?.count).toBe(10_000)
})

test('objects that wait for their finalizer', { timeout: 60_000 }, async () => {
  const of = await told('refs-17')
  const holder = holderOf(of.findings, 'finalizer-backlog')
  expectShares(of, holder)
  // The first of them is being finalized: the stack of the thread that does it has it.
  const finalizers = named(of, of.all, 'java.lang.ref.Finalizer')
  const waiting = named(of, lostWithout(of, finalizers), holder.items?.className ?? '')
  expect(holder.items?.count).toBe(waiting.length)
  expect(holder.items?.count).toBe(2999)
  const isWaiting = new Set(waiting)
  const theirs = finalizers.filter((id) => isWaiting.has(of.hand.field(id, 'referent')))
  expect(holder.retained).toBe(of.hand.bytesOf(lostWithout(of, theirs)))
})

testWithLarge('class loaders, and the classes of one name that they loaded', { timeout: 60_000 }, async () => {
  const of = await largeDump('classloaders-17')
  const holder = holderOf(of.findings, 'class-loader-suspect')
  expectShares(of, holder)
  const classes = [...of.hand.dump.classes.values()].filter(({ name }) => name === holder.items?.className)
  expect(holder.items?.loaders).toBe(new Set(classes.map(({ loaderId }) => loaderId)).size)
  expect(holder.items?.loaders).toBe(200)
})

testWithLarge(
  'values of thread locals: how many, in how many threads, and what is lost with them',
  { timeout: 60_000 },
  async () => {
    const of = await largeDump('threadlocal-17')
    const holder = holderOf(of.findings, 'thread-local-suspect')
    expectShares(of, holder)
    const contexts = named(of, of.all, holder.holder.className)
    expect(holder.holderCount).toBe(contexts.length)
    expect(holder.items?.count).toBe(16)
    expect(holder.retained).toBe(of.hand.bytesOf(lostWithout(of, contexts)))
  },
)

testWithLarge(
  'a collection at its limit: the limit, what is in it, and what is lost with that',
  { timeout: 60_000 },
  async () => {
    const folder = 'A-netty-leak/small-fixed'
    const dump = unpack(`${largeFixtures}/${folder}/fetch.tar.gz`)
    const of = await told('small-fixed', dump, `${folder}/histo-live.txt`)
    const holder = holderOf(of.findings, 'bounded-holder')
    if (holder.bound?.kind !== 'limit') throw new Error('no limit')
    const cache = number(holder.collection?.object.id ?? '0x0')
    expect(`${of.hand.classNameOf(cache)}#max`).toBe(holder.bound.field)
    expect(holder.bound.limit).toBe(of.hand.field(cache, 'max'))
    expect(holder.bound.size).toBe(of.hand.field(cache, 'size'))
    expectCollection(of, holder)
  },
)

test('workers and their local variables', { timeout: 60_000 }, async () => {
  const of = await told('threads-17')
  const holder = holderOf(of.findings, 'working-set')
  expectShares(of, holder)
  expect(holder.workers).toBe(10)
  const arrays = Array.from({ length: 10 }, (_, worker) => arraySize('byte', 100_000 * (worker + 1), COMPRESSED))
  expect(holder.retained).toBe(arrays.reduce((sum, size) => sum + size, 0))
})

testWithLarge(
  'direct memory: what the buffers own, how many they are, and the limit',
  { timeout: 60_000 },
  async () => {
    const { hand, all, findings } = await largeDump('direct-17')
    const found = findings.find(({ id }) => id === 'direct-memory')
    if (found?.id !== 'direct-memory') throw new Error('no direct memory')
    const { used, limit, buffers, asked, held } = found.parameters
    const owners = [...all].filter(
      (id) => hand.classNameOf(id) === 'java.nio.DirectByteBuffer' && hand.field(id, 'cleaner') !== 0,
    )
    const capacities = owners.map((id) => hand.field(id, 'capacity')).toSorted((a, b) => b - a)
    // 50 of 1 MiB, 50 of 0, 100, 200, … bytes, the first of which takes a byte all the same, one of 1000, and one of 8 KiB that
    // the JDK needed to write a file.
    const small = Array.from({ length: 50 }, (_, place) => Math.max(1, 100 * place))
    expect(used).toBe(small.reduce((sum, size) => sum + size, 50 * 2 ** 20 + 1000 + 8192))
    expect(buffers).toBe(owners.length)
    expect(asked).toBe(24)
    expect(held).toBe(capacities.slice(0, asked).filter((capacity) => capacity === 2 ** 20).length)
    expect(limit).toBe(hand.static('java.nio.Bits', 'MAX_MEMORY'))
  },
)
