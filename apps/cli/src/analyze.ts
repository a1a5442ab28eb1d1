/** `analyze FILE`: every artifact in the file, one after the other, as text or as JSON. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import type { IntakeLimits } from '@heaptrail/intake/limits'
import { parseHistograms } from '@heaptrail/jvm-text/histogram/parse'
import { parseJstatLogs } from '@heaptrail/jvm-text/jstat/parse'
import { tellTextKinds } from '@heaptrail/jvm-text/kind'
import { parseTop } from '@heaptrail/jvm-text/top/parse'
import type { Command } from './arguments.ts'
import { type ArtifactFacts, type FoundArtifact, findArtifacts } from './artifacts.ts'
import { withAnalysedHeap } from './heap-analysis.ts'
import { InputFault } from './input-fault.ts'
import { reportText } from './print/report-text.ts'
import { heapReport } from './report/heap-report.ts'
import { histogramReport } from './report/histogram-report.ts'
import { jstatReports } from './report/jstat-report.ts'
import type { Report } from './report/report.ts'
import { topReport } from './report/top-report.ts'
import { withScratchFolder } from './scratch.ts'

export interface CommandContext {
  /** What relative paths start from. */
  readonly folder: string
  readonly signal: AbortSignal
}

const ROWS_ON_TERMINAL = 40

/** @throws InputFault when nothing in the file could be read. */
export async function analyzeCommand(
  { file, options, limits, json, rows }: Extract<Command, { kind: 'analyze' }>,
  { folder, signal }: CommandContext,
): Promise<void> {
  await withScratchFolder(async (scratch) => {
    const { reports, messages } = await reportsOfFile(resolve(folder, file), { options, limits, scratch, signal })
    for (const message of messages) process.stderr.write(`${message}\n`)
    const shown = rows ?? (process.stdout.isTTY ? ROWS_ON_TERMINAL : Infinity)
    await print(json ? jsonText(reports) : reports.map((report) => reportText(report, shown)).join('\n'))
  })
}

export interface ReportOrder {
  readonly options: AnalysisOptions
  readonly limits?: IntakeLimits
  /** Folder for what is unpacked, and for snapshots. */
  readonly scratch: string
  readonly signal: AbortSignal
  /** Analyses a heap dump; absent: in a process of its own. */
  readonly withHeap?: typeof withAnalysedHeap
}

/**
 * @returns what is in the file, and what of it or beside it could not be read, as sentences.
 * @throws InputFault when nothing in it could be read.
 */
export async function reportsOfFile(
  path: string,
  order: ReportOrder,
): Promise<{ readonly reports: readonly Report[]; readonly messages: readonly string[] }> {
  const found = await findArtifacts(path, order.scratch, order.signal, order.limits)
  const reports: Report[] = []
  for (const artifact of found.artifacts) reports.push(...(await reportsOf(artifact, order)))
  const faults = reports.flatMap((report) => (report.status === 'failed' ? [report.reason] : []))
  const isOfUse = reports.some((report) => report.status !== 'failed' && report.kind !== 'unknown')
  if (!isOfUse) throw new InputFault(faults[0] ?? 'There is nothing in it that this version reads.')
  return { reports, messages: [...faults, ...(found.damage === undefined ? [] : [found.damage])] }
}

/** One report is an object, several are a list. */
function jsonText(reports: readonly Report[]): string {
  return `${JSON.stringify(reports.length === 1 ? reports[0] : reports, undefined, 2)}\n`
}

/** Mostly one; a text may hold several jstat logs, and other kinds. */
async function reportsOf(
  artifact: FoundArtifact,
  { options, scratch, signal, withHeap = withAnalysedHeap }: ReportOrder,
): Promise<Report[]> {
  switch (artifact.kind) {
    case 'skipped':
      return [notRead('unknown', artifact.name, artifact.archive, 'skipped', artifact.reason)]
    case 'heap-dump':
      return orFailed(artifact.kind, artifact.facts, async () => [
        await withHeap({ dumpPath: artifact.facts.path, options, folder: scratch, signal }, (heap, cost) =>
          heapReport(artifact.facts, heap, cost),
        ),
      ])
    case 'jstat-log':
    case 'class-histogram':
    case 'top-output': {
      const { kind, facts } = artifact
      return orFailed(kind, facts, () => readText(kind, facts))
    }
  }
}

type TextKind = 'jstat-log' | 'class-histogram' | 'top-output'

/** A text, a report about an incident perhaps, may hold other kinds too. */
async function readText(kind: TextKind, facts: ArtifactFacts): Promise<Report[]> {
  const bytes = await readFile(facts.path)
  const others = tellTextKinds(bytes).filter((found) => found.confidence === 'certain' && found.kind !== kind)
  return [kind, ...others.map((found) => found.kind)].flatMap((each) => reportsOfText(each, facts, bytes))
}

function reportsOfText(kind: TextKind, facts: ArtifactFacts, bytes: Uint8Array): Report[] {
  switch (kind) {
    case 'jstat-log': {
      const logs = parseJstatLogs(bytes)
      return logs.kind === 'not-jstat' ? refuse(logs) : jstatReports(facts, logs)
    }
    case 'class-histogram': {
      const histograms = parseHistograms(bytes)
      return histograms.kind === 'not-histogram' ? refuse(histograms) : [histogramReport(facts, histograms)]
    }
    case 'top-output': {
      const output = parseTop(bytes)
      return output.kind === 'not-top' ? refuse(output) : [topReport(facts, output)]
    }
  }
}

function refuse({ message, line }: { readonly message: string; readonly line: number | undefined }): never {
  throw new InputFault(line === undefined ? message : `Line ${line}: ${message}`)
}

async function orFailed(kind: Report['kind'], facts: ArtifactFacts, read: () => Promise<Report[]>): Promise<Report[]> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof InputFault)) throw error
    return [notRead(kind, facts.name, facts.archive, 'failed', error.message)]
  }
}

function notRead(
  kind: Report['kind'],
  name: string,
  archive: string | undefined,
  status: 'skipped' | 'failed',
  reason: string,
): Report {
  return { kind, name, archive: archive ?? null, status, reason, findings: [] }
}

function print(text: string): Promise<void> {
  return new Promise((done) => process.stdout.write(text, () => done()))
}
