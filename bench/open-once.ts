/** Opens the snapshot of its first argument (dump: the second), reads a page, prints the milliseconds that it took. */
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { dominators } from '@heaptrail/heap/query/dominators/dominators'
import { openHeap } from '@heaptrail/heap/query/open-heap'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'

const [, , snapshotPath, dumpPath] = process.argv
const start = performance.now()
const heap = openHeap(openSnapshot(openFileSource(snapshotPath)), openFileSource(dumpPath))
dominators(heap, { offset: 0, limit: 100 })
console.log(performance.now() - start)
