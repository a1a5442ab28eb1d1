import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { printId } from '../heap.ts'
import { analysed } from '../testing/analysed.ts'
import { classLoaders } from './class-loaders.ts'
import { duplicateClasses } from './duplicate-classes.ts'
import { loadedClasses } from './loaded-classes.ts'
import type { ClassLoadersQuery } from './messages.ts'

const TREE: ClassLoadersQuery = {
  offset: 0,
  limit: 100,
  shape: 'tree',
  sort: 'name',
  order: 'asc',
  filter: '',
  closed: [],
}

/** bootstrap ─ app ─ two plugins, each with its own acme.Plugin whose cache it holds; one loads from a jar. */
async function pluginHeap() {
  const scene = new Scene()
  const base = scene.class('java.lang.ClassLoader')
  const app = scene.instance(base, { name: scene.string('app') })
  const url = scene.defineClass('java.net.URL', { fields: { protocol: 'object', host: 'object', file: 'object' } })
  const list = scene.defineClass('java.util.ArrayList', { fields: { elementData: 'object', size: 'int' } })
  const path = scene.defineClass('jdk.internal.loader.URLClassPath', { fields: { path: 'object' } })
  const jar = scene.instance(url, { protocol: scene.string('file'), file: scene.string('/srv/plugin.jar') })
  const urls = scene.instance(path, {
    path: scene.instance(list, { elementData: scene.objectArray([jar, 0]), size: 1 }),
  })
  const plugins = scene.defineClass('acme.PluginLoader', { superclass: base, fields: { ucp: 'object' } })
  const [first, second] = [
    scene.instance(plugins, { parent: app, name: scene.string('plugin-2') }),
    scene.instance(plugins, { parent: app, ucp: urls }),
  ]
  const classes = [first, second].map((loaderId, number) => {
    const cache = scene.primitiveArray('byte', Array(1000 * (number + 1)).fill(1))
    return scene.defineClass('acme.Plugin', { loaderId, statics: { CACHE: ['object', cache] } })
  })
  const own = scene.defineClass('acme.Shop', { loaderId: app })
  for (const type of [...classes, own]) scene.keep(scene.instance(type))
  const heap = await analysed(scene.bytes())
  return { heap, app: printId(BigInt(app)), second: printId(BigInt(second)), heavier: printId(BigInt(classes[1].id)) }
}

test('loaders stand below their parents, with what they loaded and where it is from', async () => {
  const { heap } = await pluginHeap()
  const { rows, counts } = classLoaders(heap, TREE)
  expect(
    rows.map(({ level, name, urls, classes, duplicates, instances }) => [
      level,
      name,
      urls,
      classes,
      duplicates,
      instances,
    ]),
  ).toEqual([
    [1, 'bootstrap', [], expect.any(Number), 0, expect.any(Number)],
    [2, 'app', [], 1, 0, 1],
    [3, null, ['file:/srv/plugin.jar'], 1, 1, 1],
    [3, 'plugin-2', [], 1, 1, 1],
  ])
  expect(counts).toMatchObject({ loaders: 4, duplicateNames: 1 })
  expect(counts.classes).toBe(rows.reduce((sum, { classes }) => sum + classes, 0))
  expect(rows[2].retained).toBeGreaterThan(2000)
})

test('a loader that is closed hides what is below; a filter keeps the ones above; a list has no levels', async () => {
  const { heap, app } = await pluginHeap()
  const names = (query: Partial<ClassLoadersQuery>) =>
    classLoaders(heap, { ...TREE, ...query }).rows.map(({ name }) => name)
  expect(names({ closed: [app] })).toEqual(['bootstrap', 'app'])
  expect(names({ filter: 'plugin.jar' })).toEqual(['bootstrap', 'app', null])
  expect(names({ shape: 'list', sort: 'retained', order: 'desc', filter: 'plugin' })).toEqual([null, 'plugin-2'])
})

test('the classes of a loader, and how many loaders have one of that name', async () => {
  const { heap, second } = await pluginHeap()
  const query = { offset: 0, limit: 10, sort: 'retained', order: 'desc', filter: '' } as const
  expect(loadedClasses(heap, { ...query, loader: second })).toMatchObject({
    total: 1,
    rows: [{ className: 'acme.Plugin', objects: 1, loaders: 2 }],
  })
  expect(loadedClasses(heap, { ...query, loader: '0x0', filter: '/^java.lang.String$/' }).total).toBe(1)
  expect(() => loadedClasses(heap, { ...query, loader: '0x17' })).toThrow('no class loader 0x17')
})

test('classes of the same name, by how many loaders have them', async () => {
  const { heap, heavier } = await pluginHeap()
  const answer = duplicateClasses(heap, { offset: 0, limit: 10, filter: '', open: [heavier] })
  expect(answer).toMatchObject({
    names: 1,
    total: 3,
    rows: [
      { kind: 'name', className: 'acme.Plugin', loaders: 2, objects: 2, open: true },
      { kind: 'class', loader: { name: 'file:/srv/plugin.jar' } },
      { kind: 'class', loader: { name: 'plugin-2' } },
    ],
  })
})

test('a circle of parents, as only a damaged heap has it, ends', async () => {
  const scene = new Scene()
  const base = scene.class('java.lang.ClassLoader')
  const [a, b] = [scene.instance(base), scene.instance(base)]
  scene.set(a, 'parent', b)
  scene.set(b, 'parent', a)
  scene.keep(a)
  expect(classLoaders(await analysed(scene.bytes()), TREE).rows).toHaveLength(3)
})
