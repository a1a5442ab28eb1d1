import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, test } from 'vitest'
import { analysed } from '../testing/analysed.ts'
import { type UnreachableQuery, unreachable } from './unreachable.ts'
import { printId } from '../heap.ts'

const ALL: UnreachableQuery = { offset: 0, limit: 100, sort: 'shallow', order: 'desc', filter: '', open: [] }
const TEXT = 'root -> A:x.Kept B:x.Both\nL:x.Lost -> f0=M:x.Lost f1=N:x.Other\nM -> L\nO:x.Both -> O'

test('what no root reaches comes by class, and sums up to what the overview says', async () => {
  const heap = await analysed(heapFromText(TEXT).bytes)
  const answer = unreachable(heap, { ...ALL, filter: '/^x\\./' })
  expect(answer.rows.map((row) => row.kind === 'class' && [row.className, row.objects, row.shallow])).toEqual([
    ['x.Lost', 2, 48],
    ['x.Both', 1, 16],
    ['x.Other', 1, 16],
  ])
  expect(answer).toMatchObject({ classes: 3, sums: { objects: 4, shallow: 80 }, kept: false })
  const { sums, all } = unreachable(heap, ALL)
  expect(sums).toEqual(all)
  expect(all).toEqual({
    objects: heap.snapshot.meta.unreachable.objects,
    shallow: heap.snapshot.meta.unreachable.bytes,
  })
})

test('an open class shows its unreachable objects, and no others', async () => {
  const text = heapFromText(TEXT)
  const heap = await analysed(text.bytes)
  const both = printId(BigInt(text.scene.class('x.Both').id))
  const { rows, total } = unreachable(heap, { ...ALL, filter: 'Both', open: [both] })
  expect(total).toBe(2)
  expect(rows[1]).toMatchObject({ kind: 'object', object: { id: printId(BigInt(text.id('O'))), reachable: false } })
})

test('of arrays the largest comes first', async () => {
  const scene = new Scene()
  const [small, large, equal] = [1, 9, 1].map((length) => scene.primitiveArray('int', Array(length).fill(0)))
  const heap = await analysed(scene.bytes())
  const ints = heap.classes.find(({ name }) => name === 'int[]')
  const { rows } = unreachable(heap, { ...ALL, filter: '/^int/', open: [printId(ints?.id ?? 0n)] })
  const ids = rows.map((row) => row.kind === 'object' && row.object.id)
  expect(ids.slice(1)).toEqual([large, small, equal].map((id) => printId(BigInt(id))))
})

test('an analysis that keeps unreachable objects has none, and says that it keeps them', async () => {
  const heap = await analysed(heapFromText(TEXT).bytes, { analysis: { keepUnreachable: true } })
  expect(unreachable(heap, ALL)).toMatchObject({ total: 0, kept: true })
})
