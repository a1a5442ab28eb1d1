import { expect, test } from 'vitest'
import type { MergedRow } from '@heaptrail/api/merged-paths'
import { mergedPathsPlace } from '../../widgets/selection-places.ts'
import type { MergedPathsPlace } from '@heaptrail/api/place-selection'
import { toggled, treeRows, withMore } from './merged-rows.ts'

function row(key: string, hasChildren = false): MergedRow {
  return {
    key,
    object: null,
    classId: '0x1',
    className: 'a.B',
    own: false,
    edges: [],
    holders: 1,
    objects: 1,
    bytes: 16,
    hasChildren,
  }
}

const PLACE = mergedPathsPlace({ caseId: 'c', artifactId: 'a', objects: [], classes: ['0x1'] }) as MergedPathsPlace
const LEVELS: Record<string, { total: number; rows: MergedRow[] }> = {
  '': { total: 2, rows: [row('0xa', true), row('0xb')] },
  '0xa': { total: 300, rows: [row('0xc', true), row('0xd')] },
}
const levelOf = (path: readonly string[]) => LEVELS[path.join('.')]

function words(place: MergedPathsPlace): string[] {
  return treeRows(place, levelOf).map((each) =>
    each.kind === 'row' ? `${each.level} ${each.row.key}` : `${each.level} ${each.kind}`,
  )
}

test('open levels stand below their rows, what is not shown or not here yet is a row', () => {
  expect(words(PLACE)).toEqual(['1 0xa', '1 0xb'])
  const open = toggled(PLACE, ['0xa'])
  expect(words(open)).toEqual(['1 0xa', '2 0xc', '2 0xd', '2 more', '1 0xb'])
  expect(words(toggled(open, ['0xc']))).toEqual(['1 0xa', '2 0xc', '3 waiting', '2 0xd', '2 more', '1 0xb'])
  expect(words(toggled(toggled(open, ['0xc']), ['0xa']))).toEqual(['1 0xa', '1 0xb'])
})

test('of classes the way to a row names it, and closing one closes what is below', () => {
  const byClass: MergedPathsPlace = { ...PLACE, group: 'class', open: [] }
  const deep = toggled(toggled(byClass, ['0xa*']), ['0xa*', '0xb*'])
  expect(deep.open.map((each) => each.row)).toEqual([['0xa*'], ['0xa*', '0xb*']])
  expect(toggled(deep, ['0xa*']).open).toEqual([])
})

test('more of a level is asked for by its row, of the first level by the place', () => {
  expect(withMore(PLACE, []).shown).toBe(200)
  expect(withMore(toggled(PLACE, ['0xa']), ['0xa']).open).toEqual([{ row: ['0xa'], shown: 200 }])
})
