/**
 * `npm run chaos -- --kills N [--only server,analysis,query,start]`: kills the server, its analyses and its query
 * processes, N times each, at moments of uploads, archives, migrations, analyses, deletions and questions, and first
 * starts as often; checks after each that nothing acknowledged is lost, no process is left, and everything completes
 * by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { killFirstStarts } from './first-starts.ts'
import { killMigrations } from './migrations.ts'
import type { Run } from './run.ts'
import { Tally, type Victim, VICTIMS } from './tally.ts'
import { killWhileItWorks } from './working.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '10' }, only: { type: 'string', default: VICTIMS.join() } },
})
const victims = VICTIMS.filter((victim) => values.only.split(',').includes(victim))
const TOO_MANY_FAULTS = 20

const begun = performance.now()
const faults: string[] = []
const run: Run = {
  folder: mkdtempSync(path.join(tmpdir(), 'heaptrail-chaos-')),
  kills: Number(values.kills),
  tally: new Tally(),
  fault(sentence) {
    faults.push(sentence)
    run.log(`FAULT ${sentence}`)
  },
  isHopeless: () => faults.length >= TOO_MANY_FAULTS,
  log: (line) => console.log(`${Math.round((performance.now() - begun) / 1000)} s: ${line}`),
}

const workers = victims.filter((victim): victim is Exclude<Victim, 'start'> => victim !== 'start')
try {
  if (workers.includes('server')) await killMigrations(run)
  if (workers.length > 0) await killWhileItWorks(run, workers)
  if (victims.includes('start')) await killFirstStarts(run)
} catch (error) {
  run.fault(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
run.log('done. What was under way at each kill; one kill counts for all of it:')
run.tally.print(victims)
console.log(faults.length === 0 ? 'Nothing was lost, and nothing was left.' : `${faults.length} faults.`)
if (faults.length === 0) rmSync(run.folder, { recursive: true, force: true })
else console.log(`The data directories are kept in ${run.folder}`)
process.exit(faults.length === 0 ? 0 : 1)
