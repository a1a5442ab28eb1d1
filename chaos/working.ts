/** A server at work is killed, and its children, at moments at which something in particular is under way. */
import path from 'node:path'
import { Activity } from './activity.ts'
import { Ledger } from './ledger.ts'
import { descendantsOf, ORPHAN_MS, PROGRAMS, type ProcessFacts, survivorsOf } from './processes.ts'
import { type CaseFacts, readCase, retry } from './requests.ts'
import type { Run } from './run.ts'
import { freePort, type Server, startServer, stopGracefully } from './server-process.ts'
import { ACTIVITIES, type ActivityName } from './tally.ts'
import { pause } from './uploading.ts'

type Worker = 'server' | 'analysis' | 'query'

const SETTLE_MS = 900_000
/** So long is waited for a moment at which what is aimed at is under way; then any moment will do. */
const AIM_MS = 6000
const LOG_MS = 30_000
const DISK_MS = 20_000

interface Work extends Run {
  readonly ledger: Ledger
  readonly activity: Activity
  readonly dataDirectory: string
  readonly port: number
  /** The one that runs now, or comes back in a moment. */
  server: Server
  isDown: boolean
}

/** What can be under way while a process of a kind lives. */
const AIMS: Record<Worker, readonly ActivityName[]> = {
  server: ['uploads', 'archives', 'analyses', 'deletes', 'questions'],
  analysis: ['uploads', 'archives', 'deletes', 'questions'],
  query: ['uploads', 'archives', 'analyses', 'deletes', 'questions'],
}

export async function killWhileItWorks(run: Run, victims: readonly Worker[]): Promise<void> {
  const dataDirectory = path.join(run.folder, 'data')
  const port = await freePort()
  const ledger = new Ledger()
  const server = await startServer(dataDirectory, port)
  const activity = new Activity(server.url, ledger)
  const work: Work = { ...run, ledger, activity, dataDirectory, port, server, isDown: false }
  const printing = setInterval(() => logProgress(work), LOG_MS)
  await Promise.all(victims.map((victim) => killAgainAndAgain(work, victim)))
  await activity.finish()
  clearInterval(printing)
  for (const sentence of activity.faults.splice(0)) run.fault(sentence)
  logProgress(work)
  await checkAtRest(work)
  await stop(work)
  work.server = await startServer(dataDirectory, port)
  for (const sentence of await ledger.check(work.server.url)) run.fault(`after the last stop: ${sentence}`)
  await stop(work)
}

function logProgress({ log, tally, activity }: Work): void {
  log(`killed ${JSON.stringify(tally.killed)} done ${JSON.stringify(activity.done)}`)
}

async function killAgainAndAgain(work: Work, victim: Worker): Promise<void> {
  while (work.tally.killed[victim] < work.kills && !work.isHopeless()) {
    await pause(Math.random() * 1500)
    const aim = work.tally.rarest(victim, AIMS[victim])
    const until = performance.now() + AIM_MS
    while (performance.now() < until && !canKill(work, victim, aim)) await pause(3)
    // Somewhere in the middle of it.
    await pause(Math.random() * 60)
    if (victim === 'server') await killServer(work)
    else killChild(work, victim)
    for (const sentence of work.activity.faults.splice(0)) work.fault(sentence)
  }
}

function canKill(work: Work, victim: Worker, aim: ActivityName | undefined): boolean {
  if (work.isDown) return false
  // Looking for processes is dear: first what is cheap.
  if (aim !== undefined && aim !== 'analyses' && !work.activity.underWay.has(aim)) return false
  if (victim !== 'server' && childrenOf(work, victim).length === 0) return false
  return aim !== 'analyses' || childrenOf(work, 'analysis').length > 0
}

function childrenOf({ server }: Work, program: 'analysis' | 'query'): ProcessFacts[] {
  return descendantsOf(server.pid).filter(({ command }) => command.includes(PROGRAMS[program]))
}

function whatIsUnderWay(work: Work): ActivityName[] {
  const isAnalysing = childrenOf(work, 'analysis').length > 0
  return ACTIVITIES.filter((name) => (name === 'analyses' ? isAnalysing : work.activity.underWay.has(name)))
}

async function killServer(work: Work): Promise<void> {
  const { server, tally, ledger, fault } = work
  const during = whatIsUnderWay(work)
  const children = descendantsOf(server.pid).map(({ pid }) => pid)
  work.isDown = true
  await server.end('SIGKILL')
  tally.count('server', during)
  const orphans = survivorsOf(children, ORPHAN_MS)
  work.server = await startServer(work.dataDirectory, work.port)
  work.isDown = false
  for (const { pid, command } of await orphans) fault(`process ${pid} outlived its server: ${command}`)
  for (const sentence of await ledger.check(work.server.url))
    fault(`after kill ${tally.killed.server} of the server: ${sentence}`)
}

function killChild(work: Work, victim: 'analysis' | 'query'): void {
  if (work.isDown) return
  const children = childrenOf(work, victim)
  const child = children[Math.floor(Math.random() * children.length)]
  if (child === undefined) return
  const during = whatIsUnderWay(work)
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It was done before.
    return
  }
  work.tally.count(victim, during)
}

async function checkAtRest(work: Work): Promise<void> {
  const { ledger, server, fault } = work
  // Whether a deletion without an answer has happened is seen now.
  for (const entry of ledger.cases)
    if (entry.deleted === 'asked') entry.deleted = (await readCase(server.url, entry.id)) === undefined ? 'yes' : 'no'
  for (const sentence of await ledger.takeUpUnanswered(server.url)) fault(sentence)
  await settled(work)
  for (const sentence of await ledger.checkSettled(server.url)) fault(sentence)
  const until = performance.now() + DISK_MS
  // Manifests follow a moment after the tables.
  while (ledger.checkDisk(work.dataDirectory).length > 0 && performance.now() < until) await pause(200)
  for (const sentence of ledger.checkDisk(work.dataDirectory)) fault(sentence)
}

async function settled({ ledger, server, fault }: Work): Promise<void> {
  const until = performance.now() + SETTLE_MS
  for (const { id, deleted } of ledger.cases) {
    while (deleted === 'no') {
      const found = await readCase(server.url, id)
      for (const artifact of failedOnes(found)) await retry(server.url, artifact.id)
      const isBusy =
        found?.uploads.some(({ state }) => state.status === 'unpacking') === true ||
        found?.artifacts.some(({ state }) => ['queued', 'analysing', 'failed'].includes(state.status)) === true
      if (!isBusy) break
      if (performance.now() > until) return fault(`case ${id} did not come to rest: ${JSON.stringify(found)}`)
      await pause(100)
    }
  }
}

async function stop({ server, fault }: Work): Promise<void> {
  for (const sentence of await stopGracefully(server)) fault(sentence)
}

/** An analysis that was killed twice while its server lived waits for a button to be pressed. */
function failedOnes(found: CaseFacts | undefined): CaseFacts['artifacts'] {
  return found?.artifacts.filter(({ state }) => state.status === 'failed') ?? []
}
