import { expect, test } from 'vitest'
import { type GraphNode, graphBuilder } from './graph.ts'
import { nodeBeside } from './moves.ts'

function node(id: string, more: Partial<GraphNode> = {}): GraphNode {
  const text = { prefix: '', name: id, packageName: '', detail: '' }
  return { id, objectId: id, text, figures: '', root: undefined, isOwn: false, isTarget: false, ...more }
}

/** `root → left, right → target`, as two paths that meet. */
function diamond() {
  const builder = graphBuilder()
  for (const between of ['left', 'right']) {
    builder.addNode(node('target', { isTarget: true }))
    builder.addNode(node(between))
    builder.addEdge(between, 'target', ['value'])
    builder.addNode(node('root', { root: 'System Class', isOwn: between === 'right' }))
    builder.addEdge('root', between, [between])
  }
  return builder.build()
}

test('what several paths meet stands there once, with all that any of them says of it', () => {
  const { nodes, edges } = diamond()
  expect(nodes.map(({ id }) => id)).toEqual(['target', 'left', 'root', 'right'])
  expect(nodes.find(({ id }) => id === 'root')).toMatchObject({ root: 'System Class', isOwn: true })
  expect(edges.map(({ id }) => id)).toEqual(['left>target', 'root>left', 'right>target', 'root>right'])
})

test('a holder that holds through several references is one edge with all their names', () => {
  const builder = graphBuilder()
  builder.addEdge('a', 'b', ['head'])
  builder.addEdge('a', 'b', ['head', 'tail'])
  expect(builder.build().edges).toEqual([{ id: 'a>b', holder: 'a', held: 'b', names: ['head', 'tail'] }])
})

test('arrows lead along the references and sideways, Home to a root, End to the object', () => {
  const graph = diamond()
  const at = (x: number, y: number) => ({ x, y, width: 10, height: 10 })
  const nodes = new Map([
    ['root', at(10, 0)],
    ['left', at(0, 20)],
    ['right', at(30, 20)],
    ['target', at(10, 40)],
  ])
  const go = (from: string, key: string) => nodeBeside(graph, { nodes, edges: new Map() }, from, key)
  expect(go('target', 'ArrowUp')).toBe('left')
  expect(go('left', 'ArrowRight')).toBe('right')
  expect(go('right', 'ArrowRight')).toBeUndefined()
  expect(go('right', 'ArrowLeft')).toBe('left')
  expect(go('right', 'ArrowUp')).toBe('root')
  expect(go('root', 'ArrowDown')).toBe('left')
  expect(go('right', 'Home')).toBe('root')
  expect(go('root', 'End')).toBe('target')
  expect(go('elsewhere', 'ArrowUp')).toBeUndefined()
})
