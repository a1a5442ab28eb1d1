/** What all runs in a folder came to, kept there, and the findings as files. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Counts, Finding } from './messages.ts'

interface Kept {
  /** First input that was not made yet. */
  readonly next: number
  readonly counts: Counts
  readonly milliseconds: number
  readonly findings: number
}

export class Totals {
  next = 0
  counts: Counts = {}
  findings = 0
  private readonly path: string
  private readonly before: number
  private milliseconds: number
  private unsaved = 0

  constructor(folder: string, seed: number) {
    mkdirSync(join(folder, 'findings'), { recursive: true })
    this.path = join(folder, `totals-seed-${seed}.json`)
    const kept = existsSync(this.path) ? (JSON.parse(readFileSync(this.path, 'utf8')) as Kept) : undefined
    this.next = kept?.next ?? 0
    this.counts = { ...kept?.counts }
    this.findings = kept?.findings ?? 0
    this.before = kept?.milliseconds ?? 0
    this.milliseconds = this.before
  }

  get inputs(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  get hours(): number {
    return this.milliseconds / 3_600_000
  }

  add(inputs: number, counts: Counts, runMilliseconds: number): void {
    this.next += inputs
    this.milliseconds = this.before + runMilliseconds
    for (const [key, count] of Object.entries(counts)) this.counts[key] = (this.counts[key] ?? 0) + count
    this.unsaved += inputs
    if (this.unsaved >= 1000) this.save()
  }

  addFinding(isNew: boolean): void {
    if (isNew) this.findings++
    this.save()
  }

  save(): void {
    const { next, counts, milliseconds, findings } = this
    const kept: Kept = { next, counts, milliseconds, findings }
    writeFileSync(`${this.path}.new`, JSON.stringify(kept, undefined, 2))
    renameSync(`${this.path}.new`, this.path)
    this.unsaved = 0
  }
}

/** Findings with one cause are kept once. @returns whether this one was new */
export function saveFinding(folder: string, seed: number, finding: Finding): boolean {
  const { number, target, base, message, bytes } = finding
  const cause = causeOf(message)
  const list = join(folder, 'findings', 'causes.txt')
  const known = existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []
  if (known.includes(cause)) return false
  appendFileSync(list, `${cause}\n`)
  const name = `${target}-${seed}-${number}`
  writeFileSync(join(folder, 'findings', name), bytes)
  const text = `seed ${seed}, input ${number}, made of ${base}\n${message}\n`
  writeFileSync(join(folder, 'findings', `${name}.txt`), text)
  console.log(`FINDING ${name}: ${cause}`)
  return true
}

/** The message without numbers, and where it was thrown. */
function causeOf(message: string): string {
  const [first = '', ...rest] = message.split('\n')
  const place = rest.find((line) => line.includes(' at ')) ?? ''
  return `${first} ${place.trim()}`.replaceAll(/0x[0-9a-f]+|\d+/g, '#').slice(0, 300)
}

export function printTotals(totals: Totals, before: number, elapsed: number): void {
  totals.save()
  const made = totals.inputs - before
  const perSecond = Math.round((made / elapsed) * 1000)
  const outcomes = Object.entries(totals.counts).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = outcomes.map(([key, count]) => `${key} ${count.toLocaleString('en')}`).join(', ')
  console.log(
    `${new Date().toISOString().slice(11, 19)} ${made.toLocaleString('en')} inputs, ${perSecond}/s; all runs: ${totals.inputs.toLocaleString('en')} inputs in ${totals.hours.toFixed(2)} h, ${totals.findings} findings (${text})`,
  )
}
