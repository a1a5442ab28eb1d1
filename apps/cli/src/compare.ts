/** `compare BEFORE AFTER`: is the fix good? For people as text, for pipelines as JSON and an exit code. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Comparison } from '@heaptrail/api/compare'
import { compare, lookupsOf } from '@heaptrail/findings/compare/compare'
import type { FoundIn, Side } from '@heaptrail/findings/compare/side'
import { keptObjects } from '@heaptrail/heap/compare/kept-objects'
import type { Heap } from '@heaptrail/heap/query/heap'
import { histogram } from '@heaptrail/heap/query/classes/histogram'
import { heldThrough } from '@heaptrail/heap/suspects/held-through'
import { suspects } from '@heaptrail/heap/suspects/suspects'
import type { CommandContext } from './analyze.ts'
import type { Command } from './arguments.ts'
import { findArtifacts } from './artifacts.ts'
import { type Gate, excesses, worseSuspects } from './budgets.ts'
import { withAnalysedHeap } from './heap-analysis.ts'
import { InputFault } from './input-fault.ts'
import { comparisonText } from './print/comparison-text.ts'
import { withScratchFolder } from './scratch.ts'

type CompareCommand = Extract<Command, { kind: 'compare' }>

const PASSED = 0
const FAILED = 1

/** @returns the exit code. @throws InputFault unless there is exactly one heap dump in each file. */
export async function compareCommand(command: CompareCommand, context: CommandContext): Promise<number> {
  const comparison = await withScratchFolder((scratch) => comparisonOf(command, context, scratch))
  const worse = worseSuspects(command.budgets, comparison)
  const over = excesses(command.budgets, comparison)
  const gate: Gate = {
    passed: worse.length + over.length === 0,
    worse: worse.map(({ signature }) => signature),
    excesses: over,
  }
  const text = command.json
    ? `${JSON.stringify({ kind: 'comparison', gate, ...comparison }, undefined, 2)}\n`
    : comparisonText(comparison, gate)
  await new Promise<void>((done) => process.stdout.write(text, () => done()))
  return gate.passed ? PASSED : FAILED
}

async function comparisonOf(command: CompareCommand, context: CommandContext, scratch: string): Promise<Comparison> {
  const before = await dumpIn(command.before, command, context, join(scratch, 'before'))
  const after = await dumpIn(command.after, command, context, join(scratch, 'after'))
  const order = { options: command.options, folder: scratch, signal: context.signal }
  return withAnalysedHeap({ ...order, dumpPath: before }, (first) =>
    withAnalysedHeap({ ...order, dumpPath: after }, (second) => compareHeaps(first, second)),
  )
}

async function dumpIn(
  file: string,
  { limits }: CompareCommand,
  { folder, signal }: CommandContext,
  scratch: string,
): Promise<string> {
  mkdirSync(scratch)
  const { artifacts } = await findArtifacts(resolve(folder, file), scratch, signal, limits)
  const dumps = artifacts.flatMap((artifact) => (artifact.kind === 'heap-dump' ? [artifact.facts.path] : []))
  const [path] = dumps
  if (path === undefined || dumps.length > 1)
    throw new InputFault(
      `${file} has ${dumps.length === 0 ? 'no heap dump' : `${dumps.length} heap dumps`} in it: name a file with one.`,
    )
  return path
}

/** Both heaps are asked for what was found in either. */
export function compareHeaps(before: Heap, after: Heap): Comparison {
  const first = { facts: suspects(before) }
  const second = { facts: suspects(after) }
  const sides = [sideOf(before, first, first, second), sideOf(after, second, first, second)] as const
  return compare(...sides, keptObjects(after, before))
}

function sideOf(heap: Heap, { facts }: FoundIn, first: FoundIn, second: FoundIn): Side {
  const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER, sort: 'retained', order: 'desc', filter: '' } as const
  return {
    facts,
    histogram: histogram(heap, all).rows,
    objects: heap.snapshot.meta.reachable.objects,
    heldThrough: heldThrough(heap, lookupsOf(first, second)),
  }
}
