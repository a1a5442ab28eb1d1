import { VERSION } from '@heaptrail/heap/snapshot/format'

/** For names of snapshot files: one of another version is made anew from its dump. */
export const SNAPSHOT_VERSION: number = VERSION
