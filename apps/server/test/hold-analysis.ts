/** Loaded before the program of an analysis process: it stands still where a test wants it to. See `held-analyses.ts`. */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isMainThread } from 'node:worker_threads'

const { searchParams } = new URL(import.meta.url)
const folder = searchParams.get('folder') ?? ''
const phase = searchParams.get('phase')
const send = process.send?.bind(process)

if (isMainThread && process.argv[1]?.includes('analysis-process') === true && send !== undefined) {
  process.send = (message: { kind?: string; phase?: string }, ...rest: []) => {
    const sent = send(message, ...rest)
    if (message.kind === 'progress' && message.phase === phase) standStill()
    return sent
  }
}

function standStill(): void {
  const clock = new Int32Array(new SharedArrayBuffer(4))
  writeFileSync(path.join(folder, String(process.pid)), '')
  while (existsSync(path.join(folder, 'hold'))) Atomics.wait(clock, 0, 0, 20)
}
