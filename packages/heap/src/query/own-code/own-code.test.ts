import { expect, test } from 'vitest'
import type { SnapshotClass } from '../../snapshot/snapshot.ts'
import { chosenOwnCode, learnOwnCode } from './own-code.ts'

const LIBRARIES = [
  'java.lang.String',
  'byte[]',
  'int[][]',
  'io.netty.buffer.PoolChunk',
  'com.google.common.cache.LocalCache',
  '$Proxy7',
]

function classesOf(names: readonly string[]): SnapshotClass[] {
  return names.map((name, number) => ({
    number,
    name,
    id: BigInt(number + 1),
    index: -1,
    superNumber: -1,
    loaderId: 0n,
    loaderIndex: -1,
    kind: 'instance',
    elementSize: 0,
    instanceSize: 16,
    classObjectSize: 0,
    instances: 1,
    shallow: 16,
    retainedMin: 16,
    unreachableInstances: 0,
    unreachableShallow: 0,
  }))
}

/** Names of the classes that count as own. */
function ownOf(
  names: readonly string[],
  mainClass: string | undefined,
  stacks: readonly (readonly string[])[] = [],
): string[] {
  const classes = classesOf([...LIBRARIES, ...names])
  const code = learnOwnCode(classes, mainClass, stacks)
  return classes.filter((type) => code.isOwn(type.number)).map((type) => type.name)
}

test('classes beside the main class are own, and so are their arrays', () => {
  const names = ['acme.orders.Main', 'acme.cache.Cache', 'acme.cache.Cache[]', 'acme.Main$$Lambda/0x00007f0a']
  expect(ownOf(names, 'acme.orders.Main')).toEqual(names)
})

test('under a top-level domain the organisation decides', () => {
  const own = ['com.acme.shop.Main', 'com.acme.redis.Pool']
  expect(ownOf([...own, 'com.elsewhere.Unknown'], 'com.acme.shop.Main')).toEqual(own)
  expect(ownOf(['cn.com.acme.shop.Main', 'cn.com.other.Thing'], 'cn.com.acme.shop.Main')).toEqual([
    'cn.com.acme.shop.Main',
  ])
})

test('a program of one package, directly under a top-level domain or without a package', () => {
  expect(ownOf(['com.Main', 'com.unknown.Thing'], 'com.Main')).toEqual(['com.Main'])
  expect(ownOf(['Main', 'Cache[]', 'tool.Thing'], 'Main')).toEqual(['Main', 'Cache[]'])
})

test('without a main class the outermost frames of the threads tell', () => {
  const stack = [
    'sun.nio.ch.Net.poll(Net.java)',
    'unheard.of.Driver.read(Driver.java:7)',
    'acme.Worker.run(Worker.java:12)',
    'java.lang.Thread.run(Thread.java:840)',
  ]
  expect(ownOf(['acme.Worker', 'unheard.of.Driver'], undefined, [stack])).toEqual(['acme.Worker'])
})

test('a main method at the bottom of a stack outweighs threads that a library starts', () => {
  const main = ['java.lang.Object.wait(Native Method)', 'acme.Main.main(Main.java:3)']
  const pools = Array.from({ length: 30 }, () => [
    'unheard.of.Pool.run(Pool.java:1)',
    'java.lang.Thread.run(Thread.java:1)',
  ])
  const own = ownOf(['acme.Main', 'unheard.of.Pool'], undefined, [main, ...pools.slice(0, 1)])
  expect(own).toContain('acme.Main')
  expect(ownOf(['acme.Main', 'unheard.of.Pool'], undefined, [main, ...pools])).toContain('acme.Main')
})

test('where nothing tells, everything unknown is own, the largest part first', () => {
  const classes = classesOf([...LIBRARIES, 'small.A', 'large.A', 'large.B'])
  const code = learnOwnCode(classes, undefined, [])
  expect(code.packages).toEqual(['large', 'small'])
})

test('the program of a known library is own code when there is no other', () => {
  const names = ['org.apache.kafka.server.Main', 'org.apache.commons.Thing']
  expect(ownOf(names, 'org.apache.kafka.server.Main')).toEqual(['org.apache.kafka.server.Main'])
  expect(ownOf([], 'java.lang.Object')).toEqual([])
})

test('what somebody chose counts and nothing else, a library too', () => {
  const classes = classesOf([...LIBRARIES, 'acme.Main', 'acme.cache.Cache[]', 'acmeous.Main', 'Main', 'other.Thing'])
  const own = (...packages: string[]) => {
    const code = chosenOwnCode(classes, packages)
    return classes.filter((type) => code.isOwn(type.number)).map((type) => type.name)
  }
  expect(own('acme')).toEqual(['acme.Main', 'acme.cache.Cache[]'])
  expect(own('io.netty', '(default package)')).toEqual(['io.netty.buffer.PoolChunk', 'Main'])
  expect(own()).toEqual([])
})
