/**
 * The same analysis, its snapshot thrown away: what of the time is the disk's? A process of its own, so that memory and
 * compiled code are as in an analysis. With an argument it is that process: `node without-writing.ts FILE THREADS`.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { CHILD_ENVIRONMENT } from '@heaptrail/heap-node/compile-cache'
import { threadRunner } from '@heaptrail/heap-node/thread-runner'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { buildSnapshot, buildSnapshotBeside } from '@heaptrail/heap/snapshot/build'

const [dumpPath, threads] = process.argv.slice(2)
if (process.argv[1] === fileURLToPath(import.meta.url) && dumpPath !== undefined)
  await analyseOnly(dumpPath, Number(threads))

export interface TimeWithoutWriting {
  readonly wallMs: number
  readonly cpuMs: number
}

export function measureWithoutWriting(path: string, threadCount: number): TimeWithoutWriting {
  const start = performance.now()
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), path, `${threadCount}`], {
    env: CHILD_ENVIRONMENT,
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(`The analysis without writing failed: ${child.stderr}`)
  return { wallMs: performance.now() - start, cpuMs: Number(child.stdout) }
}

async function analyseOnly(path: string, threadCount: number): Promise<void> {
  const source = openFileSource(path)
  const runner = threadRunner(path, threadCount)
  const parsed = await parseHeap(source, runner, () => undefined)
  const sink = { writeAt: () => undefined }
  if (threadCount === 1) buildSnapshot(parsed, sink)
  else await buildSnapshotBeside(parsed, sink, runner.writer(undefined))
  await runner.close()
  const { user, system } = process.cpuUsage()
  process.stdout.write(`${(user + system) / 1000}`)
}
