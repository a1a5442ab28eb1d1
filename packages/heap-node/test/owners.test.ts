/** Who owns bytes and strings, in dumps of which that is known. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import type { OwnersBy } from '@heaptrail/heap/query/owners/messages'
import { owners } from '@heaptrail/heap/query/owners/owners'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { expect, test } from 'vitest'

function ask(heap: Heap, className: string, by: OwnersBy) {
  const type = heap.classes[heap.facts.numberOf(className)]
  const answer = owners(heap, { classId: printId(type.id), by, filter: '', offset: 0, limit: 1000 })
  expect(answer.sums.objects).toBe(type.instances)
  if (answer.measure === 'shallow') expect(answer.sums.bytes).toBe(type.shallow)
  return answer.rows.map(({ holder, field, through, objects, bytes, shared }) => ({
    owner: `${holder?.className}#${field?.name}`,
    through: through === null ? null : `${through.className}#${through.field}`,
    objects,
    bytes,
    shared,
  }))
}

test('texts of a static collection, near and direct, and strings with what they retain', async () => {
  const heap = await analysed(smallDump('strings-17'))
  const [kept] = ask(heap, 'byte[]', 'owner')
  expect(kept).toEqual({
    owner: 'scen.Scenarios#keep',
    through: 'java.lang.String#value',
    objects: 94_951,
    bytes: 5_717_320,
    shared: 0,
  })
  const [direct] = ask(heap, 'byte[]', 'direct')
  expect(direct).toEqual({
    owner: 'java.lang.String#value',
    through: null,
    objects: 99_520,
    bytes: 5_912_648,
    shared: 144,
  })
  const [strings] = ask(heap, 'java.lang.String', 'owner')
  expect(strings).toEqual({
    owner: 'scen.Scenarios#keep',
    through: 'java.lang.Object[]#[]',
    objects: 98_015,
    bytes: 8_072_776,
    shared: 152,
  })
})

test('paddings of nodes whose sizes are known', async () => {
  const heap = await analysed(smallDump('known-17'))
  const rows = ask(heap, 'byte[]', 'owner').filter(({ owner }) => owner.startsWith('scen.Known$'))
  expect(rows.slice(0, 3)).toEqual([
    { owner: 'scen.Known$DiF#pad', through: null, objects: 1, bytes: 100_016, shared: 0 },
    { owner: 'scen.Known$SharedX#pad', through: null, objects: 1, bytes: 50_016, shared: 0 },
    { owner: 'scen.Known$LocalShared#pad', through: null, objects: 1, bytes: 9016, shared: 0 },
  ])
})
