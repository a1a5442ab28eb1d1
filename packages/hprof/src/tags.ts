/** Numbers of the HPROF format: "HPROF Agent, binary format" in the JDK's `hprof_b_spec.h` and `heapDumper.cpp`. */

/** Tags of top-level records. */
export const Record = {
  string: 0x01,
  loadClass: 0x02,
  unloadClass: 0x03,
  stackFrame: 0x04,
  stackTrace: 0x05,
  allocationSites: 0x06,
  heapSummary: 0x07,
  startThread: 0x0a,
  endThread: 0x0b,
  heapDump: 0x0c,
  cpuSamples: 0x0d,
  controlSettings: 0x0e,
  heapDumpSegment: 0x1c,
  heapDumpEnd: 0x2c,
} as const

/** Tags of sub-records inside a heap dump or segment. The last group is Android's. */
export const Sub = {
  rootJniGlobal: 0x01,
  rootJniLocal: 0x02,
  rootJavaFrame: 0x03,
  rootNativeStack: 0x04,
  rootStickyClass: 0x05,
  rootThreadBlock: 0x06,
  rootMonitorUsed: 0x07,
  rootThreadObject: 0x08,
  classDump: 0x20,
  instanceDump: 0x21,
  objectArrayDump: 0x22,
  primitiveArrayDump: 0x23,
  rootUnknown: 0xff,
  rootInternedString: 0x89,
  rootFinalizing: 0x8a,
  rootDebugger: 0x8b,
  rootReferenceCleanup: 0x8c,
  rootVmInternal: 0x8d,
  rootJniMonitor: 0x8e,
  unreachable: 0x90,
  primitiveArrayNoData: 0xc3,
  heapDumpInfo: 0xfe,
} as const

const KNOWN_RECORDS: ReadonlySet<number> = new Set(Object.values(Record))

export function isKnownRecord(tag: number): boolean {
  return KNOWN_RECORDS.has(tag)
}

/** Tags that begin a top-level record and never a sub-record, so that they end a heap dump of unknown length. */
export function endsHeapDump(tag: number): boolean {
  return tag === Record.heapDump || tag === Record.heapDumpSegment || tag === Record.heapDumpEnd
}

/** Basic types as HPROF numbers them; 2 is a reference. */
export type BasicType = 2 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11

const SIZES: readonly number[] = [0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8]

export function isBasicType(type: number): type is BasicType {
  return type === 2 || (type >= 4 && type <= 11)
}

/** Bytes of a value in the dump; 0 for numbers that are no type. */
export function valueSize(type: number, identifierSize: number): number {
  return type === 2 ? identifierSize : (SIZES[type] ?? 0)
}

/** Bytes of an array element of a primitive type, on the heap as in the dump. */
export function primitiveSize(type: number): number {
  return SIZES[type] ?? 0
}

const NAMES: readonly string[] = [
  '',
  '',
  'object',
  '',
  'boolean',
  'char',
  'float',
  'double',
  'byte',
  'short',
  'int',
  'long',
]

/** `int`, `boolean` …; empty for numbers that are no type. */
export function typeName(type: number): string {
  return NAMES[type] ?? ''
}

/**
 * Bytes of the fixed part of each sub-record, tag included; 0 = not a sub-record.
 * Instances and arrays continue with their data, class dumps with their three tables.
 */
export function fixedSizes(identifierSize: number): Uint8Array {
  const id = identifierSize
  const sizes = new Uint8Array(256)
  for (const tag of [
    Sub.rootUnknown,
    Sub.rootStickyClass,
    Sub.rootMonitorUsed,
    Sub.rootInternedString,
    Sub.rootFinalizing,
    Sub.rootDebugger,
    Sub.rootReferenceCleanup,
    Sub.rootVmInternal,
    Sub.unreachable,
  ]) {
    sizes[tag] = 1 + id
  }
  sizes[Sub.rootJniGlobal] = 1 + 2 * id
  sizes[Sub.rootNativeStack] = sizes[Sub.rootThreadBlock] = 1 + id + 4
  sizes[Sub.rootJniLocal] = sizes[Sub.rootJavaFrame] = sizes[Sub.rootThreadObject] = 1 + id + 8
  sizes[Sub.rootJniMonitor] = 1 + id + 8
  sizes[Sub.heapDumpInfo] = 1 + 4 + id
  sizes[Sub.classDump] = 1 + 7 * id + 8
  sizes[Sub.instanceDump] = 1 + 2 * id + 8
  sizes[Sub.objectArrayDump] = 1 + 2 * id + 8
  sizes[Sub.primitiveArrayDump] = sizes[Sub.primitiveArrayNoData] = 1 + id + 9
  return sizes
}
