import type { ComparedSuspect } from '@heaptrail/api/compare'
import { expect, test } from 'vitest'
import { pathSignature } from './path-signature.ts'

type Path = ComparedSuspect['before']['path']

/** From the item up: class, and the field or element by which it refers to the one before. */
function path(...steps: readonly (readonly [className: string, edge?: string])[]): Path {
  return steps.map(([name, edge], place) => {
    const isClass = name.startsWith('class ')
    const className = isClass ? 'java.lang.Class' : name
    const label = isClass ? ({ kind: 'class', name: name.slice(6) } as const) : ({ kind: 'plain' } as const)
    const field = isClass ? 'static' : 'field'
    const kind = edge?.startsWith('[') === true ? 'element' : field
    const edges = edge === undefined ? [] : [{ kind, name: edge } as const]
    return { object: object(`0x${place + 1}`, className, label), edges }
  })
}

function object(id: string, className: string, label: Path[number]['object']['label']): Path[number]['object'] {
  return {
    id,
    kind: 'instance',
    className,
    label,
    shallow: 16,
    retained: 16,
    children: 0,
    own: false,
    root: null,
  } as never
}

test('buckets, nodes and places of a map are one step, and two runs have the same signature', () => {
  const one = path(
    ['acme.Session'],
    ['java.util.HashMap$Node', 'value'],
    ['java.util.HashMap$Node', 'next'],
    ['java.util.HashMap$Node[]', '[17]'],
    ['java.util.HashMap', 'table'],
    ['acme.Sessions', 'byId'],
    ['class acme.Shop', 'sessions'],
  )
  const other = path(
    ['acme.Session'],
    ['java.util.HashMap$Node', 'value'],
    ['java.util.HashMap$Node[]', '[3]'],
    ['java.util.HashMap', 'table'],
    ['acme.Sessions', 'byId'],
    ['class acme.Shop', 'sessions'],
  )
  expect(pathSignature(one, undefined)).toEqual(['Shop.sessions', 'Sessions#byId[*]', 'Session'])
  expect(pathSignature(other, undefined)).toEqual(pathSignature(one, undefined))
})

test('a path that begins at a collection ends in what gathers in it', () => {
  const map = path(['java.util.HashMap'], ['acme.Sessions', 'byId'], ['class acme.Shop', 'sessions'])
  expect(pathSignature(map, 'acme.Session')).toEqual(['Shop.sessions', 'Sessions#byId[*]', 'Session'])
})

test('a line of one field is one step, arrays are places, hidden classes have no numbers', () => {
  const line = path(
    ['byte[]'],
    ['acme.Chunk', 'memory'],
    ['acme.Chunk', 'next'],
    ['acme.Chunk', 'next'],
    ['acme.Arena[]', '[2]'],
    ['acme.Pool$$Lambda+0x00007f1234567890', 'arg$1'],
    ['class acme.Utils', 'pool'],
  )
  expect(pathSignature(line, undefined)).toEqual([
    'Utils.pool',
    'Pool$$Lambda#arg$1[*]',
    'Chunk#next',
    'Chunk#memory',
    'byte[]',
  ])
  expect(pathSignature([], undefined)).toEqual([])
})
