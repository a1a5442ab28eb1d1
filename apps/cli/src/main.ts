/** `heaptrail`: reads the arguments, runs the command, and turns what happened into an exit code. */
import { AnalysisError } from '@heaptrail/heap-node/analyse'
import { analyzeCommand } from './analyze.ts'
import { USAGE, readArguments } from './arguments.ts'
import { compareCommand } from './compare.ts'
import { startFolder } from './env.ts'
import { exportCommand } from './export.ts'
import { openCommand } from './open.ts'
import { restoreCommand } from './restore.ts'
import { InputFault } from './input-fault.ts'

const FINE = 0
const INPUT_AT_FAULT = 1
const WRONG_USAGE = 2
const OUR_FAULT = 70
const INTERRUPTED = 130

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args)
  const cancel = cancelOnSignals()
  const context = { folder: startFolder(), signal: cancel.signal }
  try {
    switch (command.kind) {
      case 'help':
        process.stdout.write(USAGE)
        return FINE
      case 'wrong':
        process.stderr.write(`${command.message}\n\n${USAGE}`)
        return WRONG_USAGE
      case 'analyze':
        await analyzeCommand(command, context)
        return FINE
      case 'export':
        await exportCommand(command, context)
        return FINE
      case 'compare':
        return await compareCommand(command, context)
      case 'open':
        await openCommand(command, context)
        return FINE
      case 'restore':
        return await restoreCommand(command)
    }
  } catch (error) {
    if (cancel.signal.aborted) return INTERRUPTED
    if (error instanceof InputFault) {
      process.stderr.write(`${error.message}\n`)
      return INPUT_AT_FAULT
    }
    if (isDiskFull(error)) {
      process.stderr.write('There is no space left: the temporary folder (TMPDIR) or the output needs more.\n')
      return OUR_FAULT
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`Heaptrail failed, which is its own fault and not that of the input:\n${details}\n`)
    return OUR_FAULT
  }
}

/** Also in the process that analyses a dump. */
function isDiskFull(error: unknown): boolean {
  if (error instanceof AnalysisError) return error.kind === 'disk'
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

/** The first Ctrl-C stops the work, which then cleans up; the second ends the process. */
function cancelOnSignals(): AbortController {
  const cancel = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      cancel.abort(new Error('interrupted'))
      process.once(name, () => process.exit(INTERRUPTED))
    })
  }
  // Whoever reads the output may stop early: `… | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(FINE)
    throw error
  })
  return cancel
}
