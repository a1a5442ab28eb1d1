/** A database and its tables come into being, and the server is killed meanwhile. */
import { readdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import type { Run } from './run.ts'
import { descendantsOf, ORPHAN_MS, survivorsOf } from './processes.ts'
import { freePort, spawnServer, startServer } from './server-process.ts'
import { pause } from './uploading.ts'

/** Of a first start on an idle machine, about. */
const START_MS = 8000

export async function killFirstStarts({ folder, kills, tally, fault, isHopeless, log }: Run): Promise<void> {
  let took = START_MS
  while (tally.killed.start < kills && !isHopeless()) {
    const dataDirectory = path.join(folder, `start-${tally.killed.start}`)
    const { child, output } = spawnServer(dataDirectory, 0)
    const exited = once(child, 'exit')
    await Promise.race([pause(Math.random() * took), exited])
    const children = descendantsOf(child.pid ?? 0).map(({ pid }) => pid)
    if (child.exitCode !== null) fault(`a first start ended by itself: ${output()}`)
    child.kill('SIGKILL')
    await exited
    tally.count('start', [])
    for (const { pid, command } of await survivorsOf(children, ORPHAN_MS)) fault(`process ${pid} was left: ${command}`)
    const from = performance.now()
    const server = await startServer(dataDirectory, await freePort())
    took = Math.max(took * 0.9, performance.now() - from)
    const temporary = readdirSync(path.join(dataDirectory, 'temporary'))
    if (temporary.length > 0) fault(`temporary/${temporary.join()} was left of a first start`)
    await server.end('SIGKILL')
    rmSync(dataDirectory, { recursive: true, force: true })
    if (tally.killed.start % 10 === 0) log(`first starts killed: ${tally.killed.start}`)
  }
}
