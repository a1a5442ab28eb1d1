/** The class that the JVM was started with, and other facts that the JDK keeps in static fields. */
import type { Heap } from '../heap.ts'
import { staticReference } from '../object-reader.ts'
import { systemProperties } from '../lists/properties.ts'

const LAUNCHER = 'sun.launcher.LauncherHelper'

/** @returns undefined when the heap does not tell. */
export function mainClassName(heap: Heap): string | undefined {
  const index = staticReference(heap, LAUNCHER, 'appClass')
  const standsFor = index === undefined ? -1 : heap.snapshot.classNumberOfObject(index)
  if (standsFor >= 0) return heap.classes[standsFor].name
  const command = systemProperties(heap).get('sun.java.command')
  return command?.split(' ', 1)[0].replace(/^.*\//, '')
}

/** @returns e.g. `17.0.15 (OpenJDK 64-Bit Server VM)`; undefined when the heap does not tell. */
export function jvmName(heap: Heap): string | undefined {
  const properties = systemProperties(heap)
  const version = properties.get('java.version')
  const name = properties.get('java.vm.name')
  if (version === undefined) return name
  return name === undefined ? version : `${version} (${name})`
}
