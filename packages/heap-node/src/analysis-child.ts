/** Starting the process of an analysis, and what is known when it has ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AnalysisMessage, AnalysisRequest } from './analysis-messages.ts'
import { CHILD_ENVIRONMENT } from './compile-cache.ts'

export interface AnalysisChild {
  send(request: AnalysisRequest): void
  kill(): void
  /** The one that is told what the process says; replaces the one before. */
  listen(listener: (message: AnalysisMessage) => void): void
  readonly exited: Promise<Exit>
  readonly isOver: () => boolean
}

export interface Exit {
  readonly code: number | null
  readonly killedBy: NodeJS.Signals | null
  readonly stderr: string
}

const PROGRAM = fileURLToPath(new URL('analysis-process.ts', import.meta.url))
const STDERR_KEPT = 4000

export function startAnalysisChild(): AnalysisChild {
  const child = fork(PROGRAM, { env: CHILD_ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let listener: (message: AnalysisMessage) => void = () => undefined
  let over = false
  child.on('message', (message: AnalysisMessage) => listener(message))
  const exited = exitOf(child).finally(() => (over = true))
  return {
    // an error of sending shows as the end of the process
    send: (request) => void child.send(request, () => {}),
    kill: () => void child.kill('SIGKILL'),
    listen: (next) => (listener = next),
    exited,
    isOver: () => over || child.exitCode !== null || child.signalCode !== null,
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
  return new Promise((resolve) => {
    child.on('close', (code, killedBy) => resolve({ code, killedBy, stderr }))
    child.on('error', (error) => {
      stderr += error.message
      if (child.pid === undefined) resolve({ code: null, killedBy: null, stderr })
      else child.kill('SIGKILL')
    })
  })
}
