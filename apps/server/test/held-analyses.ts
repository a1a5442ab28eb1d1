/** Analyses that stand still in a phase until the test lets them go, however fast or slow the machine is. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnalysisPhase } from '@heaptrail/api/cases'
import { onTestFinished } from 'vitest'
import { waitFor } from './waiting.ts'

export interface HeldAnalyses {
  /** For a server in a process of its own; that of the test itself has them already. */
  readonly execArgv: readonly string[]
  /** Processes that stand there, once one does that is not of those given. */
  held(others?: readonly number[]): Promise<number[]>
  letGo(): void
}

/** From now on until the test ends or lets them go; the phase is told before they stand still. */
export function holdAnalyses(phase: AnalysisPhase = 'dominators'): HeldAnalyses {
  const folder = mkdtempSync(path.join(tmpdir(), 'heaptrail-hold-'))
  const gate = path.join(folder, 'hold')
  writeFileSync(gate, '')
  const program = pathToFileURL(path.join(import.meta.dirname, 'hold-analysis.ts'))
  program.search = String(new URLSearchParams({ folder, phase }))
  const execArgv = ['--import', program.href]
  // What `fork` gives to child processes.
  const before = process.execArgv
  process.execArgv = [...before, ...execArgv]
  onTestFinished(() => {
    process.execArgv = before
    rmSync(folder, { recursive: true, force: true })
  })
  const standing = () =>
    readdirSync(folder)
      .filter((name) => name !== 'hold')
      .map(Number)
  return {
    execArgv,
    held: (others = []) =>
      waitFor(() => {
        const pids = standing().filter((pid) => !others.includes(pid))
        return pids.length > 0 ? pids : undefined
      }),
    letGo: () => rmSync(gate, { force: true }),
  }
}
