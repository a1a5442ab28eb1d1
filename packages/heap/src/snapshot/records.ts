/** Layout of the fixed records in the small tables. Offsets in bytes, numbers little-endian. */
import type { HeapClass, RootType } from '../parsed-heap.ts'

export const CLASS_RECORD = {
  length: 96,
  /** uint64 */
  id: 0,
  loaderId: 8,
  /** uint32; an index of 0 stands for "none" */
  index: 16,
  loaderIndex: 20,
  /** int32 */
  superNumber: 24,
  /** uint32: the class object's next on its shortest path */
  pathParent: 28,
  /** float64 */
  instanceSize: 32,
  classObjectSize: 40,
  instances: 48,
  shallow: 56,
  retainedMin: 64,
  unreachableInstances: 72,
  unreachableShallow: 80,
  /** uint8: place in CLASS_KINDS */
  kind: 88,
  elementSize: 89,
} as const

export const CLASS_KINDS: readonly HeapClass['kind'][] = ['instance', 'object-array', 'primitive-array']

export const ROOT_RECORD = {
  length: 16,
  /** uint32 */
  index: 0,
  threadIndex: 4,
  /** int32 */
  frame: 8,
  /** uint8: place in ROOT_TYPES */
  type: 12,
  /** uint8: 0 or 1 */
  viaThread: 13,
} as const

/** The order is part of the format. */
export const ROOT_TYPES: readonly RootType[] = [
  'Unknown',
  'JNI Global',
  'JNI Local',
  'Java Local',
  'Native Stack',
  'System Class',
  'Thread Block',
  'Busy Monitor',
  'Thread',
  'Unreachable',
]

export const THREAD_RECORD = {
  length: 8,
  /** uint32 */
  index: 0,
  serial: 4,
} as const
