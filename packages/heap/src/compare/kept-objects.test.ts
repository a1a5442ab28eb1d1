import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import type { Heap } from '../query/heap.ts'
import { analysed } from '../query/testing/analysed.ts'
import { keptObjects } from './kept-objects.ts'

interface Run {
  readonly salt?: number
  /** Where the heap begins: elsewhere when everything was moved. */
  readonly base?: number
  /** Orders that are there, by their place in memory. */
  readonly orders: readonly number[]
}

/** A program with 25 classes of its own and orders, some of which were given up and others placed behind them. */
async function heapOf({ salt, base, orders }: Run): Promise<Heap> {
  const scene = new Scene(base === undefined ? {} : { base })
  const loader = scene.instance(scene.class('java.lang.ClassLoader'))
  if (salt !== undefined)
    scene.defineClass('java.util.ImmutableCollections', { statics: { SALT32L: ['long', BigInt(salt)] } })
  for (let i = 0; i < 25; i++) scene.keep(scene.defineClass(`acme.Part${i}`, { loaderId: loader }).id)
  const order = scene.defineClass('acme.Order', { loaderId: loader, fields: { number: 'int' } })
  const placed = Array.from({ length: 100 }, (_, number) => scene.instance(order, { number }))
  scene.keep(loader)
  scene.keep(order.id)
  for (const place of orders) scene.keep(placed[place] ?? 0)
  return analysed(scene.bytes())
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, place) => from + place)
}

function ordersKept(after: Heap, before: Heap): number {
  return keptObjects(after, before).classes.find(({ className }) => className === 'acme.Order')?.kept ?? 0
}

test('of one process that moved nothing, objects in both dumps are counted by class', async () => {
  const before = await heapOf({ salt: 7, orders: range(0, 60) })
  const after = await heapOf({ salt: 7, orders: range(25, 90) })
  const { identity } = keptObjects(after, before)
  expect(identity).toMatchObject({ verdict: 'kept', certain: true, otherClass: 0, byChance: 0 })
  expect(identity.witnesses).toBe(identity.stayed)
  expect(ordersKept(after, before)).toBe(35)
  expect(ordersKept(before, after)).toBe(35)
})

test('without a number of the process, its classes that lie where they lay make it likely', async () => {
  const before = await heapOf({ orders: range(0, 60) })
  const after = await heapOf({ orders: range(25, 90) })
  expect(keptObjects(after, before).identity).toMatchObject({ verdict: 'kept', certain: false })
  const elsewhere = await heapOf({ base: 0xd000_0000, orders: range(25, 90) })
  expect(keptObjects(elsewhere, before)).toMatchObject({ identity: { verdict: 'unknown', stayed: 0 }, classes: [] })
})

test('two processes and moved objects are told apart, and nothing is said of single objects', async () => {
  const before = await heapOf({ salt: 7, orders: range(0, 60) })
  const other = await heapOf({ salt: 8, orders: range(0, 60) })
  expect(keptObjects(other, before)).toMatchObject({
    identity: { verdict: 'other-process', certain: true },
    classes: [],
  })
  const moved = await heapOf({ salt: 7, base: 0xd000_0000, orders: range(0, 60) })
  expect(keptObjects(moved, before)).toMatchObject({ identity: { verdict: 'moved', certain: true }, classes: [] })
})
