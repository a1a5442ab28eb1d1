/** Starting and ending the process that answers questions about one heap. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CHILD_ENVIRONMENT } from './compile-cache.ts'
import type { QueryRequest, QueryResponse } from './query-messages.ts'
import type { HeapFiles } from './served-heap.ts'
import { createStopFlag } from './stop-flag.ts'

export interface QueryChild {
  /** Absent when it could not be started. */
  readonly pid: number | undefined
  send(request: QueryRequest): void
  /** Asks it to stop working on this question. It answers soon, that it has stopped or what it had already. */
  stop(id: number): void
  /** Lets it exit; kills it when it does not in time. Resolves when it has exited. */
  end(): Promise<void>
  kill(): void
}

const PROGRAM = fileURLToPath(new URL('query-process.ts', import.meta.url))
const GRACE_MS = 3000
/** A user's regular expression that backtracks for long is finished by V8's engine that never does. */
const FLAGS = ['--enable-experimental-regexp-engine-on-excessive-backtracks']

export function startQueryChild(
  { snapshotPath, dumpPath = '', ownPackages }: HeapFiles,
  onResponse: (response: QueryResponse) => void,
  onExit: () => void,
): QueryChild {
  const args = [snapshotPath, dumpPath, ...(ownPackages === undefined ? [] : [JSON.stringify(ownPackages)])]
  const flag = createStopFlag()
  const child = fork(PROGRAM, args, {
    execArgv: FLAGS,
    env: CHILD_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc', flag?.fd ?? 'ignore'],
  })
  const { promise: exited, resolve } = Promise.withResolvers<void>()
  let killTimer: NodeJS.Timeout | undefined
  let over = false
  // `error` comes alone when the process cannot be started, and beside `exit` when a message cannot be sent.
  const finish = (): void => {
    if (over) return
    over = true
    clearTimeout(killTimer)
    flag?.close()
    onExit()
    resolve()
  }
  child.on('message', onResponse)
  child.on('exit', finish)
  child.on('error', () => {
    if (child.pid === undefined) finish()
    else child.kill('SIGKILL')
  })
  return {
    pid: child.pid,
    send: (request) => void child.send(request, () => {}),
    stop(id) {
      if (!over) flag?.stop(id)
    },
    end() {
      if (child.connected) child.disconnect()
      killTimer ??= setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      return exited
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
