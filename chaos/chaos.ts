/**
 * `npm run chaos -- --kills N [--only server,analysis,query,start]`: kills the server, its analyses, its query
 * processes and its first start, N times each, at random moments of uploads, archives, analyses and deletions, and
 * checks after each that nothing acknowledged is lost, no process is left, and everything completes by itself.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { once } from 'node:events'
import { Activity } from './activity.ts'
import { Ledger } from './ledger.ts'
import { descendantsOf, survivorsOf } from './processes.ts'
import { readCase } from './requests.ts'
import { type Server, spawnServer, startServer } from './server-process.ts'
import { pause } from './uploading.ts'

const KINDS = ['server', 'analysis', 'query', 'start'] as const
type Kind = (typeof KINDS)[number]

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '10' }, only: { type: 'string', default: KINDS.join() } },
})
const kills = Number(values.kills)
const kinds = KINDS.filter((kind) => values.only.split(',').includes(kind))

/** Processes of ours, by their command line. */
const PROGRAMS = { analysis: 'analysis-process', query: 'query-process' }
/** A child notices within moments that its parent is gone. */
const ORPHAN_MS = 10_000
const SETTLE_MS = 300_000

const faults: string[] = []
const killed: Record<Kind, number> = { server: 0, analysis: 0, query: 0, start: 0 }

function fault(sentence: string): void {
  faults.push(sentence)
  console.log(`FAULT ${sentence}`)
}

const folder = mkdtempSync(path.join(tmpdir(), 'heaptrail-chaos-'))
const begun = performance.now()
try {
  if (kinds.some((kind) => kind !== 'start')) await killWhileItWorks(path.join(folder, 'data'), await freePort())
  if (kinds.includes('start')) await killFirstStarts(folder)
} catch (error) {
  fault(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
report()
if (faults.length === 0) rmSync(folder, { recursive: true, force: true })
else console.log(`The data directory is kept in ${folder}`)
process.exit(faults.length === 0 ? 0 : 1)

async function killWhileItWorks(dataDirectory: string, port: number): Promise<void> {
  const ledger = new Ledger()
  let server = await startServer(dataDirectory, port)
  const activity = new Activity(server.url, ledger)
  const working = kinds.filter((kind) => kind !== 'start')
  let printed = performance.now()
  while (working.some((kind) => killed[kind] < kills) && faults.length < 20) {
    await pause(Math.random() * 1500)
    const left = working.filter((kind) => killed[kind] < kills)
    const kind = left[Math.floor(Math.random() * left.length)]
    if (kind === 'server') server = await killServer(server, ledger, dataDirectory, port)
    else if (kind === 'analysis' || kind === 'query') await killChild(server, kind)
    for (const sentence of activity.faults.splice(0)) fault(sentence)
    if (performance.now() - printed < 30_000) continue
    printed = performance.now()
    console.log(`${seconds()} killed ${JSON.stringify(killed)} done ${JSON.stringify(activity.done)}`)
  }
  await activity.finish()
  for (const sentence of activity.faults.splice(0)) fault(sentence)
  console.log(`${seconds()} done ${JSON.stringify(activity.done)}`)
  await checkAtRest(server, ledger, dataDirectory)
  await stopGracefully(server)
  const again = await startServer(dataDirectory, port)
  for (const sentence of await ledger.check(again.url)) fault(`after the last stop: ${sentence}`)
  await stopGracefully(again)
}

async function killServer(server: Server, ledger: Ledger, dataDirectory: string, port: number): Promise<Server> {
  const children = descendantsOf(server.pid).map(({ pid }) => pid)
  await server.end('SIGKILL')
  killed.server++
  const orphans = survivorsOf(children, ORPHAN_MS)
  const next = await startServer(dataDirectory, port)
  for (const { pid, command } of await orphans) fault(`process ${pid} outlived its server: ${command}`)
  for (const sentence of await ledger.check(next.url)) fault(`after kill ${killed.server} of the server: ${sentence}`)
  return next
}

async function killChild(server: Server, kind: 'analysis' | 'query'): Promise<void> {
  const until = performance.now() + 5000
  while (performance.now() < until) {
    const children = descendantsOf(server.pid).filter(({ command }) => command.includes(PROGRAMS[kind]))
    const child = children[Math.floor(Math.random() * children.length)]
    if (child !== undefined) {
      await pause(Math.random() * 400)
      try {
        process.kill(child.pid, 'SIGKILL')
        killed[kind]++
      } catch {
        // It was done before.
      }
      return
    }
    await pause(20)
  }
}

async function checkAtRest(server: Server, ledger: Ledger, dataDirectory: string): Promise<void> {
  // Whether a deletion without an answer has happened is seen now.
  for (const entry of ledger.cases)
    if (entry.deleted === 'asked') entry.deleted = (await readCase(server.url, entry.id)) === undefined ? 'yes' : 'no'
  await settled(server, ledger)
  for (const sentence of await ledger.checkSettled(server.url)) fault(sentence)
  for (const sentence of ledger.checkDisk(dataDirectory)) fault(sentence)
}

async function settled(server: Server, ledger: Ledger): Promise<void> {
  const until = performance.now() + SETTLE_MS
  for (const { id, deleted } of ledger.cases) {
    while (deleted === 'no') {
      const found = await readCase(server.url, id)
      const isBusy =
        found?.uploads.some(({ state }) => state.status === 'unpacking') === true ||
        found?.artifacts.some(({ state }) => ['queued', 'analysing'].includes(state.status)) === true
      if (!isBusy) break
      if (performance.now() > until) return fault(`case ${id} did not come to rest: ${JSON.stringify(found)}`)
      await pause(100)
    }
  }
}

async function stopGracefully(server: Server): Promise<void> {
  const children = descendantsOf(server.pid).map(({ pid }) => pid)
  const from = performance.now()
  const how = await server.end('SIGTERM')
  const took = performance.now() - from
  if (how !== 0 || took > 10_000)
    fault(`the stop took ${Math.round(took)} ms and ended with ${how}: ${server.output()}`)
  for (const { pid, command } of await survivorsOf(children, 1000)) fault(`process ${pid} outlived a stop: ${command}`)
}

/** A database and its tables come into being. */
async function killFirstStarts(root: string): Promise<void> {
  let took = 8000
  while (killed.start < kills && faults.length < 20) {
    const dataDirectory = path.join(root, `start-${killed.start}`)
    const { child, output } = spawnServer(dataDirectory, 0)
    const exited = once(child, 'exit')
    await Promise.race([pause(Math.random() * took), exited])
    const children = descendantsOf(child.pid ?? 0).map(({ pid }) => pid)
    if (child.exitCode !== null) fault(`a first start ended by itself: ${output()}`)
    child.kill('SIGKILL')
    await exited
    killed.start++
    for (const { pid, command } of await survivorsOf(children, ORPHAN_MS)) fault(`process ${pid} was left: ${command}`)
    const from = performance.now()
    const server = await startServer(dataDirectory, await freePort())
    took = Math.max(took * 0.9, performance.now() - from)
    const temporary = readdirSync(path.join(dataDirectory, 'temporary'))
    if (temporary.length > 0) fault(`temporary/${temporary.join()} was left of a first start`)
    await server.end('SIGKILL')
    rmSync(dataDirectory, { recursive: true, force: true })
    if (killed.start % 10 === 0) console.log(`${seconds()} first starts killed: ${killed.start}`)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function seconds(): string {
  return `${Math.round((performance.now() - begun) / 1000)} s:`
}

function report(): void {
  console.log(`Killed in ${seconds()} ${kinds.map((kind) => `${kind} ${killed[kind]}`).join(', ')}.`)
  console.log(faults.length === 0 ? 'Nothing was lost, and nothing was left.' : `${faults.length} faults.`)
}
