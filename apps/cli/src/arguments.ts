import { parseArgs } from 'node:util'
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import type { IntakeLimits } from '@heaptrail/intake/limits'
import { ANALYSIS_ARGUMENTS, ANALYSIS_USAGE, analysisOptions } from './analysis-arguments.ts'
import { type Budget, budgetOf } from './budgets.ts'
import { UNPACK_ARGUMENTS, UNPACK_USAGE, unpackLimits } from './unpack-arguments.ts'

export type Command =
  | {
      readonly kind: 'analyze'
      readonly file: string
      readonly options: AnalysisOptions
      readonly limits: IntakeLimits
      readonly json: boolean
      readonly rows: number | undefined
    }
  | {
      readonly kind: 'export'
      readonly file: string
      readonly options: AnalysisOptions
      readonly limits: IntakeLimits
      readonly what: 'objects' | 'references'
      readonly out: string
    }
  | {
      readonly kind: 'compare'
      readonly before: string
      readonly after: string
      readonly options: AnalysisOptions
      readonly limits: IntakeLimits
      readonly budgets: readonly Budget[]
      readonly json: boolean
    }
  | { readonly kind: 'open'; readonly file: string; readonly browser: boolean }
  | { readonly kind: 'restore'; readonly anyway: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }

export const USAGE = `Usage:
  npm run -s heaptrail -- analyze FILE [--json] [--rows N]
      What is in FILE: a heap dump (HPROF) or a jstat log, packed (gzip, tar, zip, Zstandard) or not.
      --json     one JSON value on standard output (docs/cli.md)
      --rows N   rows per table; otherwise 40 on a terminal and all of them elsewhere
  npm run -s heaptrail -- export FILE objects|references --out OUT
      Every object, or every reference, of a heap dump as a line of text.

  npm run -s heaptrail -- compare BEFORE AFTER [--budget 'NAME=SIZE' …] [--json]
      What became of the suspects from one heap dump to another, and which classes grew.
      --budget NAME=SIZE   NAME may grow by SIZE retained bytes (512, 20KiB, 64MiB, 2GiB): a class, a class with
                           * for any characters, a field as in the output (Class#field, Class.field), or
                           total: the used heap

  All take for heap dumps, and for what is packed:
${ANALYSIS_USAGE}${UNPACK_USAGE}  npm run -s heaptrail -- open FILE [--no-browser]
      The running server reads FILE where it lies, and the browser shows its case. Prints the link.
  npm run -s heaptrail -- restore [--anyway]
      Makes the database of a server that does not start any more again, from the last backup and the manifests.
      --anyway   also when the database can be opened: back to the last backup

Exit codes: 0 fine, 1 the input is at fault (compare: or something grew beyond its budget, or a new suspect is there),
2 wrong usage.
`

export function readArguments(args: readonly string[]): Command {
  try {
    return commandOf(args)
  } catch (error) {
    // parseArgs explains in a TypeError what it does not understand.
    if (error instanceof TypeError) return { kind: 'wrong', message: error.message }
    throw error
  }
}

function commandOf(args: readonly string[]): Command {
  const [name, ...rest] = args
  switch (name) {
    case 'analyze':
      return analyzeCommand(rest)
    case 'export':
      return exportCommand(rest)
    case 'compare':
      return compareCommand(rest)
    case 'open':
      return openCommand(rest)
    case 'restore':
      return restoreCommand(rest)
    case 'help':
    case '--help':
    case '-h':
      return { kind: 'help' }
    case undefined:
      return { kind: 'wrong', message: 'Say what to do: analyze, compare, export, open or restore.' }
    default:
      return { kind: 'wrong', message: `There is no command ${JSON.stringify(name)}.` }
  }
}

function analyzeCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...ANALYSIS_ARGUMENTS,
      ...UNPACK_ARGUMENTS,
      json: { type: 'boolean' },
      rows: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { kind: 'help' }
  const [file] = positionals
  if (file === undefined || positionals.length > 1) return { kind: 'wrong', message: 'analyze takes one file.' }
  if (values.rows !== undefined && !/^\d{1,9}$/.test(values.rows)) {
    return { kind: 'wrong', message: '--rows takes a number.' }
  }
  const rows = values.rows === undefined ? undefined : Number(values.rows)
  const [options, limits] = [analysisOptions(values), unpackLimits(values)]
  return { kind: 'analyze', file, options, limits, json: values.json === true, rows }
}

function compareCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...ANALYSIS_ARGUMENTS,
      ...UNPACK_ARGUMENTS,
      budget: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { kind: 'help' }
  const [before, after] = positionals
  if (before === undefined || after === undefined || positionals.length > 2)
    return { kind: 'wrong', message: 'compare takes two files.' }
  return {
    kind: 'compare',
    before,
    after,
    options: analysisOptions(values),
    limits: unpackLimits(values),
    budgets: (values.budget ?? []).map(budgetOf),
    json: values.json === true,
  }
}

function exportCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...ANALYSIS_ARGUMENTS,
      ...UNPACK_ARGUMENTS,
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { kind: 'help' }
  const [file, what] = positionals
  if (file === undefined || positionals.length !== 2) {
    return { kind: 'wrong', message: 'export takes one file and what to export.' }
  }
  if (what !== 'objects' && what !== 'references') {
    return { kind: 'wrong', message: 'export gives objects or references.' }
  }
  if (values.out === undefined) return { kind: 'wrong', message: 'Say where to: --out OUT.' }
  return { kind: 'export', file, options: analysisOptions(values), limits: unpackLimits(values), what, out: values.out }
}

function restoreCommand(args: string[]): Command {
  const { values } = parseArgs({
    args,
    options: { anyway: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  return values.help === true ? { kind: 'help' } : { kind: 'restore', anyway: values.anyway === true }
}

function openCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'no-browser': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) return { kind: 'help' }
  const [file] = positionals
  if (file === undefined || positionals.length > 1) return { kind: 'wrong', message: 'open takes one file.' }
  return { kind: 'open', file, browser: values['no-browser'] !== true }
}
