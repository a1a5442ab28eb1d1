import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DominatorRow, Dominators, HeapObject } from '@heaptrail/api/heap'
import type { LevelRequest } from '../../server/heap-tree.ts'
import { chainFrom, type Chain } from './chains.ts'
import { afterClosing, afterOpening, afterShowing, indexOfObject, parentIndex } from './tree-changes.ts'
import { MOST_SHOWN, PAGE, treeRows, type Loaded, type Loads, type TreeRow, type TreeState } from './tree-rows.ts'

/** Object → its children by falling weight; '' is the first level. */
type Shape = Readonly<Record<string, readonly string[]>>

function heapObject(id: string): HeapObject {
  return {
    id,
    kind: 'instance',
    classId: '0x1',
    className: 'a.Node',
    label: { kind: 'plain' },
    shallow: 16,
    retained: 16,
    own: false,
    reachable: true,
    rootTypes: [],
  }
}

const childrenOf = (shape: Shape, parent: string | undefined) => shape[parent ?? ''] ?? []

/** A key of the shape that begins with `group:` is a group with its members. */
function level(shape: Shape): (request: LevelRequest) => Loaded<Dominators> {
  return ({ parent, groupKey, offset, limit }) => {
    const all = childrenOf(shape, groupKey === undefined ? parent : `group:${groupKey}`)
    const rows = all
      .slice(offset, offset + limit)
      .map((id): DominatorRow => ({ ...heapObject(id), children: childrenOf(shape, id).length, matches: false }))
    const objects = Math.max(0, all.length - offset - limit)
    return {
      status: 'ready',
      page: {
        total: all.length,
        offset,
        rows,
        rest: { objects, retained: objects * 16 },
        hidden: { objects: 0, retained: 0 },
      },
    }
  }
}

function loader(shape: Shape): Loads {
  const rows = Object.keys(shape)
    .filter((key) => key.startsWith('group:'))
    .map((key) => ({
      key: key.slice('group:'.length),
      name: key,
      label: { kind: 'plain' as const },
      objects: shape[key]?.length ?? 0,
      shallow: 16,
      retained: 16,
      own: false,
    }))
  const rest = { groups: 0, objects: 0, retained: 0 }
  const page = { total: rows.length, offset: 0, rows, rest, hidden: { objects: 3, retained: 48 } }
  return { level: level(shape), groups: () => ({ status: 'ready', page }) }
}

const state = (changes: Partial<TreeState>): TreeState => ({
  expanded: [],
  openGroups: [],
  isGrouped: false,
  shown: PAGE,
  chains: [],
  ...changes,
})

function marker({ children, expanded }: { children: number; expanded: boolean }): string {
  if (children === 0) return ' '
  return expanded ? 'v' : '>'
}

/** The rows as an indented drawing. */
function draw(rows: readonly TreeRow[]): string[] {
  const text = (row: TreeRow) => {
    switch (row.kind) {
      case 'object':
        return `${marker(row)}${row.object.id}`
      case 'more':
        return `+${row.objects}`
      case 'between':
        return `~${row.objects}`
      case 'group':
        return `${row.expanded ? 'v' : '>'}[${row.group.key}]`
      case 'hidden':
        return `-${row.objects}`
      default:
        return row.kind
    }
  }
  return rows.map((row) => '.'.repeat(row.level - 1) + text(row))
}

const open = (...objects: string[]) => objects.map((object) => ({ object, shown: PAGE }))
const small: Shape = { '': ['a', 'b'], a: ['c', 'd'], d: ['e'] }

/** The way down to an object in a shape, as the server would answer. */
function chainTo(shape: Shape, id: string): Chain {
  const steps: { object: HeapObject; position: number }[] = []
  for (let at: string | undefined = id; at !== undefined;) {
    const parent: [string, readonly string[]] | undefined = Object.entries(shape).find(([, children]) =>
      children.includes(at ?? ''),
    )
    steps.unshift({ object: heapObject(at), position: parent?.[1].indexOf(at) ?? 0 })
    at = parent?.[0] === '' ? undefined : parent?.[0]
  }
  return chainFrom({ rows: steps, shortened: false, key: null })
}

describe('rows of the tree', () => {
  test('closed, it is its first level', () => {
    const { rows } = treeRows(state({}), loader(small))
    expect(draw(rows)).toEqual(['>a', ' b'])
  })

  test('children stand below their open parent', () => {
    const { rows } = treeRows(state({ expanded: open('d', 'a') }), loader(small))
    expect(draw(rows)).toEqual(['va', '. c', '.vd', '.. e', ' b'])
    expect(rows[2]).toMatchObject({ position: 1, siblings: 2, parent: 'a' })
  })

  test('a wide level shows a page and sums the rest', () => {
    const wide: Shape = { '': Array.from({ length: 250 }, (_, index) => `n${index}`) }
    const first = treeRows(state({ shown: 100 }), loader(wide))
    expect(first.rows).toHaveLength(101)
    expect(first.rows.at(-1)).toMatchObject({ kind: 'more', objects: 150, retained: 2400, shown: 100, canShow: true })
    const all = treeRows(state({ shown: 300 }), loader(wide))
    expect(all.rows).toHaveLength(250)
    expect(all.requests.map(({ offset }) => offset)).toEqual([0, 100, 200])
  })

  test('a hostile link does not show a million rows', () => {
    const endless: Shape = { '': Array.from({ length: MOST_SHOWN + 50 }, (_, index) => `n${index}`) }
    const { rows, requests } = treeRows(state({ shown: 1_000_000 }), loader(endless))
    expect(requests).toHaveLength(MOST_SHOWN / PAGE)
    expect(rows.at(-1)).toMatchObject({ kind: 'more', objects: 50, canShow: false })
  })

  test('what is on its way is one row; what failed says so', () => {
    const error = new Error('gone')
    const loads = (failing: boolean): Loads => ({
      ...loader(small),
      level: (request) => {
        if (request.parent !== 'a') return level(small)(request)
        return failing ? { status: 'failed', error } : { status: 'pending' }
      },
    })
    const drawn = (failing: boolean) => draw(treeRows(state({ expanded: open('a') }), loads(failing)).rows)
    expect(drawn(false)).toEqual(['va', '.pending', ' b'])
    expect(drawn(true)).toEqual(['va', '.failed', ' b'])
  })

  test('what a filter hides is summed below the level', () => {
    const filtered: Loads = {
      ...loader(small),
      level: (request) => {
        const loaded = level(small)(request)
        if (loaded.status !== 'ready' || request.parent === undefined) return loaded
        return { ...loaded, page: { ...loaded.page, hidden: { objects: 7, retained: 112 } } }
      },
    }
    expect(draw(treeRows(state({ expanded: open('a') }), filtered).rows)).toEqual(['va', '. c', '.>d', '.-7', ' b'])
  })
})

const grouped: Shape = { 'group:x': ['a', 'c'], 'group:y': ['b'], a: ['d'] }

describe('groups of the first level', () => {
  test('open their members, and these their children', () => {
    const closed = treeRows(state({ isGrouped: true }), loader(grouped))
    expect(draw(closed.rows)).toEqual(['>[x]', '>[y]', '-3'])
    const opened = state({ isGrouped: true, openGroups: [{ key: 'x', shown: PAGE }], expanded: open('a') })
    const { rows, requests } = treeRows(opened, loader(grouped))
    expect(draw(rows)).toEqual(['v[x]', '.va', '.. d', '. c', '>[y]', '-3'])
    expect(requests[0]).toEqual({ parent: undefined, groupKey: 'x', offset: 0, limit: PAGE })
  })

  test('the way down to a linked object opens the group that it begins in', () => {
    const chain = { ...chainTo({ '': ['a', 'c'], a: ['d'] }, 'd'), groupKey: 'x' }
    const tree = treeRows(state({ isGrouped: true, chains: [chain] }), loader(grouped))
    expect(draw(tree.rows)).toEqual(['v[x]', '.va', '.. d', '. c', '>[y]', '-3'])
    expect(tree.openGroups).toEqual([{ key: 'x', shown: PAGE }])
  })

  test('close with everything below them', () => {
    const opened = state({ isGrouped: true, openGroups: [{ key: 'x', shown: PAGE }], expanded: open('a') })
    const tree = treeRows(opened, loader(grouped))
    expect(afterClosing(tree, 0)).toEqual({ expanded: [], openGroups: [] })
    expect(parentIndex(tree.rows, 1)).toBe(0)
  })

  test('show more of their members', () => {
    const wide: Shape = { 'group:x': Array.from({ length: 250 }, (_, index) => `n${index}`) }
    const opened = state({ isGrouped: true, openGroups: [{ key: 'x', shown: PAGE }] })
    const tree = treeRows(opened, loader(wide))
    const more = tree.rows.find((row) => row.kind === 'more')
    expect(more).toMatchObject({ objects: 150, groupKey: 'x' })
    expect(more && afterShowing(tree, more, 200).openGroups).toEqual([{ key: 'x', shown: 200 }])
  })
})

describe('the way down to a linked object', () => {
  test('is opened', () => {
    const tree = treeRows(state({ chains: [chainTo(small, 'e')] }), loader(small))
    expect(draw(tree.rows)).toEqual(['va', '. c', '.vd', '.. e', ' b'])
    expect(tree.expanded.map(({ object }) => object)).toEqual(['a', 'd'])
  })

  test('shows a row behind the shown ones, and how many lie between', () => {
    const wide: Shape = { '': Array.from({ length: 300 }, (_, index) => `n${index}`), n250: ['x'] }
    const { rows } = treeRows(state({ shown: 100, chains: [chainTo(wide, 'x')] }), loader(wide))
    expect(draw(rows).slice(99)).toEqual([' n99', '~150', 'vn250', '. x', '+49'])
    expect(rows[101]).toMatchObject({ position: 250, siblings: 300 })
  })

  test('leaves out the middle when it is very long', () => {
    const deep: Record<string, string[]> = { '': ['n0'] }
    for (let depth = 0; depth < 200; depth++) deep[`n${depth}`] = [`n${depth + 1}`]
    const { rows } = treeRows(state({ shown: 100, chains: [chainTo(deep, 'n200')] }), loader(deep))
    const drawn = draw(rows).map((line) => line.replace(/^\.+/, ''))
    expect(drawn.slice(28, 33)).toEqual(['vn28', 'vn29', '>n30', 'omitted', 'vn171'])
    expect(drawn.at(-1)).toBe(' n200')
    expect(rows.find((row) => row.kind === 'object' && row.object.id === 'n171')).toMatchObject({
      position: undefined,
      siblings: undefined,
    })
  })

  test('an answer whose middle the server left out has its gap in the middle', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ object: heapObject(`n${index}`), position: 0 }))
    const chain = chainFrom({ rows, shortened: true, key: null })
    expect(chain.omittedBefore).toBe(30)
    expect(chain.steps.map(({ object }) => object.id).slice(29, 31)).toEqual(['n29', 'n970'])
  })
})

describe('opening and closing', () => {
  test('closing a row closes what is below it, so that a link does not open it again', () => {
    const tree = treeRows(state({ expanded: open('a', 'd') }), loader(small))
    expect(afterClosing(tree, 0).expanded).toEqual([])
    expect(afterClosing(tree, 2).expanded).toEqual(open('a'))
  })

  test('opening twice is opening once', () => {
    const tree = treeRows(state({ expanded: open('a') }), loader(small))
    const [row] = tree.rows
    expect(row?.kind === 'object' && afterOpening(tree, row).expanded).toEqual(open('a'))
  })

  test('left goes to the parent', () => {
    const { rows } = treeRows(state({ expanded: open('a', 'd') }), loader(small))
    expect(parentIndex(rows, indexOfObject(rows, 'e'))).toBe(2)
    expect(parentIndex(rows, indexOfObject(rows, 'b'))).toBe(-1)
  })

  test('whatever is open, rows are unique, levels step down by one, and parents stand above their children', () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `n${index}`)
    const shape = fc.array(fc.integer({ min: -1, max: 11 }), { minLength: 12, maxLength: 12 }).map((parents) => {
      const made: Record<string, string[]> = { '': [] }
      for (const [index, parent] of parents.entries()) {
        const above = parent < index && parent >= 0 ? `n${parent}` : ''
        ;(made[above] ??= []).push(`n${index}`)
      }
      return made
    })
    fc.assert(
      fc.property(shape, fc.subarray(nodes), fc.integer({ min: 0, max: 11 }), (made, opened, linked) => {
        const { rows } = treeRows(
          state({ expanded: open(...opened), chains: [chainTo(made, `n${linked}`)] }),
          loader(made),
        )
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
        expect(indexOfObject(rows, `n${linked}`)).not.toBe(-1)
        for (const [index, row] of rows.entries()) {
          expect(row.level).toBeLessThanOrEqual((rows[index - 1]?.level ?? 0) + 1)
          const above = rows[parentIndex(rows, index)]
          expect(above?.kind === 'object' ? above.object.id : undefined).toBe(row.parent)
        }
      }),
    )
  })
})
