/** The real server as a child process, on a fixed port, started again and again over one data directory. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { descendantsOf, survivorsOf } from './processes.ts'

const MAIN = path.resolve(import.meta.dirname, '../apps/server/src/main.ts')
/** On a machine that is busy with other work too. */
const START_MS = 600_000
const STOP_MS = 10_000

export interface Server {
  readonly url: string
  readonly pid: number
  /** All that this process printed. */
  output(): string
  /** @returns how it ended: its code, or the signal */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>
}

/** A server that may not be ready yet, or never will be. */
export function spawnServer(
  dataDirectory: string,
  port: number,
  logLevel: 'error' | 'info' = 'error',
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      HEAPTRAIL_PORT: String(port),
      HEAPTRAIL_DATA_DIR: dataDirectory,
      HEAPTRAIL_LOG_LEVEL: logLevel,
      HEAPTRAIL_REQUESTS_PER_MINUTE: '0',
      // It starts hundreds of times.
      NODE_COMPILE_CACHE: path.join(path.dirname(dataDirectory), 'compile-cache'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

/** @throws when it does not get ready, with what it said */
export async function startServer(dataDirectory: string, port: number): Promise<Server> {
  const { child, output } = spawnServer(dataDirectory, port)
  const until = performance.now() + START_MS
  while (!output().includes('Heaptrail is ready')) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server did not start:\n${output()}`)
    if (performance.now() > until) throw new Error(`The server did not get ready in ${START_MS} ms:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output,
    async end(signal) {
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
      return child.exitCode ?? child.signalCode ?? 'unknown'
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** @returns sentences about what is not as it should be */
export async function stopGracefully(server: Server): Promise<string[]> {
  const children = descendantsOf(server.pid).map(({ pid }) => pid)
  const from = performance.now()
  const how = await server.end('SIGTERM')
  const took = Math.round(performance.now() - from)
  const faults = how === 0 && took <= STOP_MS ? [] : [`the stop took ${took} ms, ended with ${how}: ${server.output()}`]
  for (const { pid, command } of await survivorsOf(children, 1000))
    faults.push(`process ${pid} outlived a stop: ${command}`)
  return faults
}
