import { Scene } from '@heaptrail/fixtures/scene'
import { describe, expect, test } from 'vitest'
import { jvmFacts } from './jvm-facts.ts'
import { openHeap } from '../open-heap.ts'
import { properties } from './properties.ts'
import { analysed } from '../testing/analysed.ts'

const ALL = { offset: 0, limit: 100, filter: '', reveal: [] }
const SETTINGS = { 'java.version': '1.8.0_402', 'db.password': 'tiger', 'user.dir': '/srv/shop' }

/** The entries of one bucket, linked. */
function chain(scene: Scene, entryClass: string, fields: readonly [key: string, value: string], texts: object): number {
  const [key, value] = fields
  const type = scene.defineClass(entryClass, { fields: { [key]: 'object', [value]: 'object', next: 'object' } })
  let next = 0
  for (const [name, text] of Object.entries(texts))
    next = scene.instance(type, { [key]: scene.string(name), [value]: scene.string(String(text)), next })
  return next
}

function systemWith(scene: Scene, props: number): Uint8Array {
  scene.defineClass('java.lang.System', { statics: { props: ['object', props] } })
  return scene.bytes()
}

/** JDK 6 to 8: Properties is a Hashtable. */
function hashtable(scene: Scene, texts: object, defaults = 0): number {
  const table = scene.objectArray([0, chain(scene, 'java.util.Hashtable$Entry', ['key', 'value'], texts), 0])
  const type = scene.hasClass('java.util.Properties')
    ? scene.class('java.util.Properties')
    : scene.defineClass('java.util.Properties', { fields: { table: 'object', defaults: 'object' } })
  return scene.instance(type, { table, defaults })
}

describe('system properties', () => {
  test('of a Hashtable, as JDK 6 to 8 keep them, with the defaults behind them', async () => {
    const scene = new Scene()
    const defaults = hashtable(scene, { 'user.dir': '/', 'only.default': 'yes' })
    const heap = await analysed(systemWith(scene, hashtable(scene, SETTINGS, defaults)))
    expect(properties(heap, ALL).rows.map(({ name, value, hidden }) => [name, value, hidden])).toEqual([
      ['db.password', '••••••', 'name'],
      ['java.version', '1.8.0_402', null],
      ['only.default', 'yes', null],
      ['user.dir', '/srv/shop', null],
    ])
  })

  test('of a ConcurrentHashMap within, as JDK 9 and later keep them, also where a bucket is a tree', async () => {
    const scene = new Scene()
    const first = chain(scene, 'java.util.concurrent.ConcurrentHashMap$TreeNode', ['key', 'val'], SETTINGS)
    const tree = scene.defineClass('java.util.concurrent.ConcurrentHashMap$TreeBin', {
      fields: { first: 'object', next: 'object' },
    })
    const map = scene.defineClass('java.util.concurrent.ConcurrentHashMap', { fields: { table: 'object' } })
    const type = scene.defineClass('java.util.Properties', { fields: { map: 'object', defaults: 'object' } })
    const table = scene.objectArray([0, scene.instance(tree, { first })])
    const heap = await analysed(systemWith(scene, scene.instance(type, { map: scene.instance(map, { table }) })))
    const { rows, counts } = properties(heap, ALL)
    expect(rows.map(({ name }) => name)).toEqual(['db.password', 'java.version', 'user.dir'])
    expect(counts).toEqual({ system: 3, environment: 0, hidden: 1 })
  })

  test('hidden values come when they are asked for, each or all', async () => {
    const scene = new Scene()
    const heap = await analysed(systemWith(scene, hashtable(scene, { ...SETTINGS, 'api.token': 'abc' })))
    const shown = (reveal: readonly string[]) =>
      properties(heap, { ...ALL, reveal }).rows.map(({ value, objectId }) => [value, objectId !== null])
    expect(shown(['db.password']).slice(0, 2)).toEqual([
      ['••••••', false],
      ['tiger', true],
    ])
    expect(shown(['*']).slice(0, 2)).toEqual([
      ['abc', true],
      ['tiger', true],
    ])
  })

  test('the filter looks at names and values, not at what is hidden', async () => {
    const scene = new Scene()
    const heap = await analysed(systemWith(scene, hashtable(scene, SETTINGS)))
    const found = (filter: string) => properties(heap, { ...ALL, filter }).rows.map(({ name }) => name)
    expect(found('SHOP')).toEqual(['user.dir'])
    expect(found('/^java/')).toEqual(['java.version'])
    expect(found('tiger')).toEqual([])
  })

  test('a heap that holds none has none, and so has one whose dump was deleted', async () => {
    expect(properties(await analysed(new Scene().bytes()), ALL)).toMatchObject({ total: 0, rows: [] })
    const scene = new Scene()
    const heap = await analysed(systemWith(scene, hashtable(scene, SETTINGS)))
    expect(properties(openHeap(heap.snapshot, undefined), ALL).total).toBe(0)
  })
})

test('the environment of a Unix process is found, once the program has asked for it', async () => {
  const scene = new Scene()
  const bytes = scene.defineClass('java.lang.ProcessEnvironment$Variable', { fields: { str: 'object' } })
  const external = (text: string) => scene.instance(bytes, { str: scene.string(text) })
  const node = scene.defineClass('java.util.HashMap$Node', {
    fields: { key: 'object', value: 'object', next: 'object' },
  })
  const entry = scene.instance(node, { key: external('DB_PASSWORD'), value: external('tiger') })
  const home = scene.instance(node, { key: external('HOME'), value: external('/root'), next: entry })
  const map = scene.defineClass('java.util.HashMap', { fields: { table: 'object' } })
  const environment = scene.instance(map, { table: scene.objectArray([home]) })
  scene.defineClass('java.lang.ProcessEnvironment', { statics: { theEnvironment: ['object', environment] } })
  const { rows } = properties(await analysed(scene.bytes()), ALL)
  expect(rows.map(({ source, name, value }) => [source, name, value])).toEqual([
    ['environment', 'DB_PASSWORD', '••••••'],
    ['environment', 'HOME', '/root'],
  ])
})

test('facts about the JVM come from its properties; the command is without its secrets', async () => {
  const scene = new Scene()
  const props = hashtable(scene, {
    'java.version': '17.0.1',
    'os.name': 'Linux',
    'os.version': '6.1',
    'os.arch': 'amd64',
    'user.timezone': '',
    'sun.java.command': 'acme.Shop --password=tiger --port=80',
  })
  expect(jvmFacts(await analysed(systemWith(scene, props)))).toMatchObject({
    version: '17.0.1',
    os: 'Linux 6.1 (amd64)',
    timeZone: null,
    mainClass: 'acme.Shop',
    command: 'acme.Shop --password=•••••• --port=80',
    pid: null,
  })
})
