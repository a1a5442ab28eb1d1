/** Whose code it is, learned from whole dumps of programs with other names and other ways to start. */
import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { histogram } from '../classes/histogram.ts'
import { jvmName, mainClassName } from './main-class.ts'
import { analysed } from '../testing/analysed.ts'

const LIBRARIES = ['io.netty.buffer.PoolArena', 'org.apache.commons.pool.Pool', 'com.google.common.cache.Cache']

/** Classes of a program, its libraries, and one of nobody knows whom. */
function program(classNames: readonly string[]): Scene {
  const scene = new Scene()
  for (const name of [...LIBRARIES, 'unheard.of.Driver', ...classNames])
    scene.keep(scene.instance(scene.defineClass(name)))
  return scene
}

async function ownClasses(scene: Scene): Promise<string[]> {
  const heap = await analysed(scene.bytes())
  const { rows } = histogram(heap, { offset: 0, limit: 1000, sort: 'class', order: 'asc', filter: '' })
  return rows.filter((row) => row.own).map((row) => row.className)
}

function launch(scene: Scene, mainClass: string): void {
  const statics = { appClass: ['object', scene.class(mainClass).id] } as const
  scene.defineClass('sun.launcher.LauncherHelper', { statics })
}

test('the class that the launcher started, when the main thread is long gone', async () => {
  for (const names of [
    ['acme.orders.Main', 'acme.redis.Tools'],
    ['com.acme.push.Server', 'com.acme.redis.Tools'],
    ['cn.shop.Main', 'cn.shop.cache.Lru'],
    ['com.Main', 'com.Tools'],
    ['Main', 'Tools'],
  ]) {
    const scene = program(names)
    launch(scene, names[0])
    expect(await ownClasses(scene)).toEqual(names.toSorted())
  }
})

test('the command line, when there is no launcher', async () => {
  const scene = program(['acme.Main', 'acme.Other'])
  const node = scene.defineClass('java.util.concurrent.ConcurrentHashMap$Node', {
    fields: { key: 'object', val: 'object', next: 'object' },
  })
  const entry = scene.instance(node, {
    key: scene.string('sun.java.command'),
    val: scene.string('acme.Main --port 80'),
  })
  const map = scene.defineClass('java.util.concurrent.ConcurrentHashMap', { fields: { table: 'object' } })
  const properties = scene.defineClass('java.util.Properties', { fields: { map: 'object' } })
  const props = scene.instance(properties, { map: scene.instance(map, { table: scene.objectArray([0, entry]) }) })
  scene.defineClass('java.lang.System', { statics: { props: ['object', props] } })
  expect(mainClassName(await analysed(scene.bytes()))).toBe('acme.Main')
  expect(await ownClasses(scene)).toEqual(['acme.Main', 'acme.Other'])
})

test('the stacks of the threads, when a server started the program', async () => {
  const scene = program(['org.apache.catalina.startup.Bootstrap', 'acme.web.Orders'])
  launch(scene, 'org.apache.catalina.startup.Bootstrap')
  scene.thread('http-1', [
    { method: 'read', type: scene.class('unheard.of.Driver') },
    { method: 'list', type: scene.class('acme.web.Orders') },
    { method: 'run', type: scene.class('org.apache.commons.pool.Pool') },
  ])
  expect(await ownClasses(scene)).toEqual(['acme.web.Orders'])
})

test('a heap that tells nothing leaves everything unknown', async () => {
  const heap = await analysed(program(['acme.Main']).bytes())
  expect(mainClassName(heap)).toBeUndefined()
  expect(jvmName(heap)).toBeUndefined()
  expect(heap.ownCode.packages.toSorted()).toEqual(['acme', 'unheard'])
})
