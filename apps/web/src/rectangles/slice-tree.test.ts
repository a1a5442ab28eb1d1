import { expect, test } from 'vitest'
import type { DominatorSlice } from '@heaptrail/api/heap-tree'
import { legendOf, pictureTree, restBytes } from './slice-tree.ts'
import { childrenOf } from './weighed-tree.ts'

const slice: DominatorSlice = {
  top: null,
  ids: ['0x0', 'acme.shop', '0x1', '0x2', '0x3'],
  parents: [-1, 0, 1, 2, 2],
  classes: [0, 1, 2, 3, 4],
  classNames: ['', 'acme.shop', 'acme.shop.Cart', 'java.util.HashMap', 'byte[]'],
  retained: [1000, 900, 800, 300, 200],
  shallow: [0, 100, 300, 40, 200],
  children: [2, 5, 2, 7, 0],
  labels: [{ node: 4, label: { kind: 'array', length: 184 } }],
  groups: [
    {
      node: 1,
      group: {
        key: 'acme.shop',
        name: 'acme.shop',
        label: { kind: 'plain' },
        objects: 5,
        shallow: 100,
        retained: 900,
        own: true,
      },
    },
  ],
}

test('a slice of the tree becomes a picture of weights with the names of its nodes', () => {
  const picture = pictureTree(slice, 'package')
  expect([...picture.tree.weight].slice(0, picture.tree.firstRest)).toEqual(slice.retained)
  expect(picture.node(4)).toMatchObject({ id: '0x3', className: 'byte[]', label: { kind: 'array', length: 184 } })
  expect(picture.nodeOf('0x2')).toBe(3)
  // A group is no object, whatever its key looks like.
  expect(picture.nodeOf('acme.shop')).toBeUndefined()
  expect(picture.node(1).group?.objects).toBe(5)
  expect([1, 2, 3, 4].map(picture.packageOf)).toEqual(['acme.shop', 'acme.shop', 'java.util', undefined])
})

test('what is drawn and what is in lighter objects is all there is', () => {
  const objects = { ...slice, ids: ['0x0', '0x4', '0x1', '0x2', '0x3'], groups: [] }
  expect(restBytes(pictureTree(objects, undefined))).toBe(1000 - 100 - 300 - 40 - 200)
  expect(restBytes(pictureTree(slice, 'package'))).toBeUndefined()
})

test('what lies below a node and is not drawn is summed up in a last child', () => {
  const { tree, restOf } = pictureTree(slice, 'package')
  const rests = Array.from({ length: tree.count - tree.firstRest }, (_, at) => restOf(tree.firstRest + at))
  expect(rests).toEqual([
    { of: 0, objects: 1, retained: 1000 - 900, isAll: false },
    { of: 1, objects: 4, retained: 900 - 800, isAll: false },
    { of: 3, objects: 7, retained: 300 - 40, isAll: true },
  ])
  expect([...childrenOf(tree, 1)]).toEqual([2, 6])
  expect([...childrenOf(tree, 2)]).toEqual([3, 4])
  expect(restOf(4)).toBeUndefined()
})

test('the legend names the packages that most of the picture is made of, by colour', () => {
  const entries = legendOf(pictureTree(slice, 'package'))
  expect(entries.map(({ names }) => names)).toEqual([['acme.shop'], ['java.util']])
  const classNames = ['', '', 'java.net.URL', 'Plain', 'java.io.File[]']
  const others = legendOf(pictureTree({ ...slice, classNames, groups: [] }, undefined))
  expect(others.map(({ names }) => names)).toEqual([['java.net', 'java.io'], ['']])
})
