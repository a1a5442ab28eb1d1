/** A real server as a child process, with a data directory of its own, that tests may stop, kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../../..')

const START_MS = 60_000
/** A server that does not end by itself within this time has hung, which is a fault. */
const STOP_MS = 15_000

export class ServerProcess {
  readonly #dataDirectory: string
  readonly #settings: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  #port = 0
  #output = ''

  /**
   * @param dataDirectory an empty or missing folder
   * @param settings environment variables beside port and data directory
   */
  constructor(dataDirectory: string, settings: Readonly<Record<string, string>> = {}) {
    this.#dataDirectory = dataDirectory
    this.#settings = settings
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** All that it wrote to its standard output and error. */
  get output(): string {
    return this.#output
  }

  /** On any free port the first time, later on the same one, so that links and open pages go on. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['apps/server/src/main.ts'], {
      cwd: ROOT,
      env: {
        ...inheritedEnvironment(),
        ...this.#settings,
        HEAPTRAIL_PORT: String(this.#port),
        HEAPTRAIL_DATA_DIR: this.#dataDirectory,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const port = Promise.withResolvers<number>()
    let printed = ''
    const read = (chunk: Buffer): void => {
      this.#output += chunk.toString()
      printed += chunk.toString()
      const match = /ready: http:\/\/[^\s:]+:(\d+)/.exec(printed)
      if (match !== null) port.resolve(Number(match[1]))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code, signal) =>
      port.reject(new Error(`The server ended (${code ?? signal}) before it was ready:\n${printed}`)),
    )
    const timer = setTimeout(() => port.reject(new Error(`The server is not ready:\n${printed}`)), START_MS)
    try {
      this.#port = await port.promise
    } finally {
      clearTimeout(timer)
    }
  }

  /** As Ctrl+C or a service manager does it. @throws when it had to be killed */
  async stop(): Promise<void> {
    if (!(await this.#end('SIGTERM'))) throw new Error(`The server did not stop on SIGTERM:\n${this.#output}`)
  }

  /** As a crash or the kernel's out-of-memory killer does it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async remove(): Promise<void> {
    await this.#end('SIGTERM')
    await rm(this.#dataDirectory, { recursive: true, force: true, maxRetries: 5 })
  }

  /** @returns false when only SIGKILL helped */
  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<boolean> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return true
    const ended = once(child, 'exit')
    let hung = false
    const timer = setTimeout(() => {
      hung = true
      child.kill('SIGKILL')
    }, STOP_MS)
    child.kill(signal)
    await ended
    clearTimeout(timer)
    return !hung
  }
}

/** What a server needs of ours, without settings that somebody made for their own server. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEAPTRAIL_')))
}
