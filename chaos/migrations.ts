/** A server is killed while it brings the database of an older version up to date, and its children right afterwards. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { descendantsOf, ORPHAN_MS, PROGRAMS, survivorsOf } from './processes.ts'
import { type CaseFacts, countObjects, readCase } from './requests.ts'
import type { Run } from './run.ts'
import { freePort, type Server, spawnServer, startServer, stopGracefully } from './server-process.ts'
import { pause } from './uploading.ts'

const MAKE_OLD = path.resolve(import.meta.dirname, '../apps/server/test/old-directory.ts')
/** What that program puts into them. */
const idOf = (name: string): string => `${name}-of-an-older-server`
const PLAIN_CASES = Array.from({ length: 40 }, (_, index) => `case-${index}`)
const NODES = 15_000

/** One in so many kills of each process falls here. */
const PART = 10
const READY_MS = 600_000
/** So long is waited for a process to appear. */
const THERE_MS = 10_000
const FIRST_SPAN_MS = 60
const BEGUN = 'The tables are being brought up to date'
const DONE = 'The tables are up to date'

export async function killMigrations(run: Run): Promise<void> {
  const { tally, folder, log, isHopeless } = run
  const older = path.join(folder, 'older')
  mkdirSync(older)
  const schemas = execFileSync(process.execPath, [MAKE_OLD, older], { encoding: 'utf8' }).trim().split('\n')
  log(`made data directories of older versions: ${schemas.join(', ')}`)
  const wanted = Math.ceil(run.kills / PART)
  /** Milliseconds within which a migration is met, by schema: learned from being too late. */
  const spans = new Map<string, number>()
  for (let round = 0; tally.killed.server < wanted && !isHopeless(); round++) {
    const schema = schemas[round % schemas.length] ?? ''
    const dataDirectory = path.join(folder, `older-${round}`)
    cpSync(path.join(older, schema), dataDirectory, { recursive: true })
    const span = spans.get(schema) ?? FIRST_SPAN_MS
    const wasMet = await killOnce(run, schema, dataDirectory, span)
    spans.set(schema, wasMet ? span * 1.2 : span * 0.6)
    await checkMigrated(run, schema, dataDirectory)
    rmSync(dataDirectory, { recursive: true, force: true })
    log(`migrations from ${schema}: ${JSON.stringify(tally.killed)}`)
  }
}

async function killOnce(run: Run, schema: string, dataDirectory: string, span: number): Promise<boolean> {
  const { child, output } = spawnServer(dataDirectory, 0, 'info')
  const exited = once(child, 'exit')
  await until(() => output().includes(BEGUN) || child.exitCode !== null)
  await pause(Math.random() * span)
  if (child.exitCode !== null) run.fault(`a server on ${schema} ended by itself: ${output()}`)
  const children = descendantsOf(child.pid ?? 0).map(({ pid }) => pid)
  child.kill('SIGKILL')
  await exited
  const wasMet = !output().includes(DONE)
  if (wasMet) run.tally.count('server', ['migrations'])
  for (const { pid, command } of await survivorsOf(children, ORPHAN_MS))
    run.fault(`process ${pid} was left: ${command}`)
  return wasMet
}

/** Everything is there, and what the older server had not ended is ended, whoever is killed meanwhile. */
async function checkMigrated(run: Run, schema: string, dataDirectory: string): Promise<void> {
  const server = await startServer(dataDirectory, await freePort())
  try {
    await killWhenThere(run, server, 'analysis')
    for (const title of PLAIN_CASES)
      if ((await readCase(server.url, idOf(title)))?.title !== title) run.fault(`after ${schema}: ${title} was lost`)
    const found = await restOf(server)
    const states = found?.artifacts.map(({ name, state }) => `${name} ${state.status}`)
    if (states?.join() !== 'dump ready,histogram ready') run.fault(`after ${schema}: ${JSON.stringify(found)}`)
    const first = await countObjects(server.url, idOf('dump'))
    const asking = countObjects(server.url, idOf('dump'))
    await killWhenThere(run, server, 'query')
    const second = await asking
    if (typeof first !== 'number' || first < NODES || second !== first)
      run.fault(`after ${schema}: ${JSON.stringify([first, second])} objects with ${NODES} nodes`)
  } finally {
    for (const sentence of await stopGracefully(server)) run.fault(sentence)
  }
}

async function killWhenThere(run: Run, server: Server, victim: 'analysis' | 'query'): Promise<void> {
  if (run.tally.killed[victim] >= run.kills / PART) return
  const child = () => descendantsOf(server.pid).find(({ command }) => command.includes(PROGRAMS[victim]))
  const giveUp = performance.now() + THERE_MS
  while (child() === undefined && performance.now() < giveUp) await pause(10)
  await pause(Math.random() * 200)
  const found = child()
  if (found === undefined) return
  try {
    process.kill(found.pid, 'SIGKILL')
    run.tally.count(victim, ['migrations'])
  } catch {
    // It was done before.
  }
}

async function restOf({ url }: Server): Promise<CaseFacts | undefined> {
  let found: CaseFacts | undefined
  await until(async () => {
    found = await readCase(url, idOf('busy'))
    return found?.artifacts.every(({ state }) => !['queued', 'analysing'].includes(state.status)) === true
  })
  return found
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + READY_MS
  while (!(await is())) {
    if (performance.now() > giveUp) throw new Error(`It took longer than ${READY_MS} ms.`)
    await pause(2)
  }
}
