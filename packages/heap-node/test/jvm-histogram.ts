/** The JVM's own histogram beside the engine's, class by class. */
import { type Heap } from '@heaptrail/heap/query/heap'

export interface Comparison {
  /** Classes of which both count equally many objects; arrays apart. */
  readonly classes: { readonly compared: number; readonly exact: number }
  readonly arrays: { readonly compared: number; readonly exact: number }
  /** Names of those that differ in bytes. */
  readonly different: readonly string[]
  /** Classes with other counts, whose objects are not all as large as the JVM says. */
  readonly differentEach: readonly string[]
}

interface Sum {
  objects: number
  bytes: number
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  Z: 'boolean',
  C: 'char',
  F: 'float',
  D: 'double',
  B: 'byte',
  S: 'short',
  I: 'int',
  J: 'long',
}

/** @param text of `jcmd GC.class_histogram` */
export function compareWithJvm(heap: Heap, text: string): Comparison {
  const engine = new Map<string, Sum>()
  for (const type of heap.classes) {
    const { instances, unreachableInstances, shallow, unreachableShallow } = type
    add(engine, withoutAddress(type.name), instances + unreachableInstances, shallow + unreachableShallow)
  }
  const comparison = { classes: { compared: 0, exact: 0 }, arrays: { compared: 0, exact: 0 } }
  const different: string[] = []
  const differentEach: string[] = []
  for (const [name, jvm] of jvmHistogram(text)) {
    const ours = engine.get(name)
    if (ours === undefined || ours.objects === 0) continue
    const isArray = name.endsWith('[]')
    if (ours.objects !== jvm.objects) {
      // class objects have different sizes, as arrays have
      const isUniform = !isArray && name !== 'java.lang.Class'
      if (isUniform && ours.bytes * jvm.objects !== jvm.bytes * ours.objects) differentEach.push(name)
      continue
    }
    const counts = isArray ? comparison.arrays : comparison.classes
    counts.compared++
    if (ours.bytes === jvm.bytes) counts.exact++
    else different.push(name)
  }
  return { ...comparison, different, differentEach }
}

function jvmHistogram(text: string): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  for (const line of text.split('\n')) {
    const [, objects, bytes, className] = /^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? []
    if (className !== undefined) add(sums, readableName(className), Number(objects), Number(bytes))
  }
  return sums
}

function add(sums: Map<string, Sum>, name: string, objects: number, bytes: number): void {
  const sum = sums.get(name) ?? { objects: 0, bytes: 0 }
  sums.set(name, { objects: sum.objects + objects, bytes: sum.bytes + bytes })
}

/** `[Lacme.A;` → `acme.A[]`, `[[I` → `int[][]`. */
function readableName(className: string): string {
  const depth = /^\[*/.exec(className)?.[0].length ?? 0
  const element = className.slice(depth)
  const name = depth === 0 ? element : (PRIMITIVES[element] ?? element.slice(1, -1))
  return withoutAddress(name) + '[]'.repeat(depth)
}

/** The address of a hidden class is spelled differently from run to run. */
function withoutAddress(name: string): string {
  return name.replace(/[/+.]0x[0-9a-f]+/, '')
}
