/** The JVM's own histogram is the judge of sizes in every layout, of the classes of the programs that were dumped. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { dumpsFolder, fixtureText, packedPath, unpack } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import { analysed } from '@heaptrail/heap/query/testing/analysed'

/** A class loader, into which the JVM injects a field that no dump shows. */
const INJECTED = 'scen.Scenarios$PluginLoader'

/** Class → `objects bytes` of the program's classes. */
function jvmHistogram(name: string): Map<string, string> {
  const sums = new Map<string, [number, number]>()
  for (const line of fixtureText(`${name}.histo.txt`).split('\n')) {
    const [, objects, bytes, className] = /^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? []
    if (className === undefined || !/^(\[*L)?scen\./.test(className)) continue
    const readable = readableName(className)
    const [before, bytesBefore] = sums.get(readable) ?? [0, 0]
    sums.set(readable, [before + Number(objects), bytesBefore + Number(bytes)])
  }
  return new Map([...sums].map(([className, sum]) => [className, sum.join(' ')]))
}

/** `[Lscen.A;` → `scen.A[]`; the address of a hidden class is spelled differently from run to run. */
function readableName(className: string): string {
  const depth = /^\[*/.exec(className)?.[0].length ?? 0
  const element = depth === 0 ? className : className.slice(depth + 1, -1)
  return element.replace(/[/+]0x[0-9a-f]+$/, '') + '[]'.repeat(depth)
}

async function expectJvmSizes(name: string, dump: Uint8Array): Promise<void> {
  const expected = jvmHistogram(name)
  const heap = await analysed(dump)
  const sums = new Map<string, [number, number]>()
  for (const type of heap.classes) {
    const className = type.name.replace(/[/+]0x[0-9a-f]+/, '')
    const [objects, bytes] = sums.get(className) ?? [0, 0]
    sums.set(className, [
      objects + type.instances + type.unreachableInstances,
      bytes + type.shallow + type.unreachableShallow,
    ])
  }
  expected.delete(INJECTED)
  const found = [...expected.keys()].map((className) => [className, sums.get(className)?.join(' ')] as const)
  expect(expected.size).toBeGreaterThan(0)
  expect(new Map(found)).toEqual(expected)
}

/** `-all` dumps hold unreachable objects that were collected before the histogram was made. */
function liveNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.histo.txt') && !/-all\./.test(file))
    .map((file) => file.replace('.histo.txt', ''))
}

for (const name of liveNames(dumpsFolder)) {
  const packed = packedPath(dumpsFolder, name)
  if (packed !== undefined) test(`${name} agrees with the JVM`, () => expectJvmSizes(name, unpack(packed)))
}

if (largeFixtures === undefined) testWithLarge('the large dumps agree with the JVM', () => {})
else
  for (const name of liveNames(join(largeFixtures, 'C-hprof'))) {
    const packed = packedPath(join(largeFixtures, 'C-hprof'), name)
    if (packed !== undefined && packedPath(dumpsFolder, name) === undefined)
      testWithLarge(`${name} agrees with the JVM`, { timeout: 60_000 }, () => expectJvmSizes(name, unpack(packed)))
  }
