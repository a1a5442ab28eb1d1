/** What a heap tells about the JVM that it is of. */
import type { Heap } from '../heap.ts'
import { collectorOf, type Collector } from './collector.ts'
import { jvmOptions, type JvmOptions } from './jvm-options.ts'
import { mainClassName } from '../own-code/main-class.ts'
import { objectReader, staticReference } from '../object-reader.ts'
import { systemProperties } from './properties.ts'
import { reading } from '../reading.ts'
import { masked } from './secrets.ts'

/** Null where the heap does not tell. */
export interface JvmFacts extends JvmOptions {
  version: string | null
  vendor: string | null
  vmName: string | null
  vmVersion: string | null
  /** `Linux 6.1.0 (amd64)` */
  os: string | null
  timeZone: string | null
  encoding: string | null
  user: string | null
  directory: string | null
  javaHome: string | null
  mainClass: string | null
  /** Main class or archive with its arguments; what looks like a secret is left out. */
  command: string | null
  /** Of the process, when the program asked for it. */
  pid: number | null
  /** ISO 8601. */
  startedAt: string | null
  collector: Collector | null
}

export function jvmFacts(heap: Heap): JvmFacts {
  const all = systemProperties(heap)
  const of = (...names: readonly string[]): string | null =>
    names.map((name) => all.get(name)).find((value) => value !== undefined && value !== '') ?? null
  const command = of('sun.java.command')
  const process = reading(() => currentProcess(heap), undefined)
  const started = process?.number('startTime') ?? reading(() => startOfJvm(heap), undefined) ?? 0
  const options = jvmOptions(heap)
  return {
    ...options,
    version: of('java.version'),
    vendor: of('java.vendor', 'java.vm.vendor'),
    vmName: of('java.vm.name'),
    vmVersion: of('java.vm.version'),
    os: operatingSystem(of('os.name'), of('os.version'), of('os.arch')),
    timeZone: of('user.timezone'),
    encoding: of('file.encoding'),
    user: of('user.name'),
    directory: of('user.dir'),
    javaHome: of('java.home'),
    mainClass: mainClassName(heap) ?? null,
    command: command === null ? null : masked('', command).text,
    pid: process?.number('pid') ?? null,
    startedAt: started > 0 && started < 8.64e15 ? new Date(started).toISOString() : null,
    collector: collectorOf(heap, options.options ?? []),
  }
}

function currentProcess(heap: Heap) {
  if (heap.dump === undefined) return undefined
  const current = staticReference(heap, 'java.lang.ProcessHandleImpl', 'current')
  return current === undefined ? undefined : objectReader(heap, current)
}

/** Milliseconds since 1970, as the bean of the runtime keeps it. */
function startOfJvm(heap: Heap): number | undefined {
  const number = heap.dump === undefined ? -1 : heap.facts.numberOf('sun.management.RuntimeImpl')
  const [bean] = number < 0 ? [] : heap.snapshot.objectsOfClass(number, 0, 1)
  return bean === undefined ? undefined : objectReader(heap, bean)?.number('vmStartupTime')
}

function operatingSystem(name: string | null, version: string | null, arch: string | null): string | null {
  const text = [name, version].filter((part) => part !== null).join(' ')
  if (text === '') return arch
  return arch === null ? text : `${text} (${arch})`
}
