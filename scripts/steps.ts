/** Steps of `npm run check` and `npm test`: one command each, with the command that helps when it fails. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface Step {
  readonly name: string
  /** Program (found in node_modules/.bin when npm runs us) and arguments. */
  readonly command: readonly [string, ...string[]]
  /** What to type when the step fails. */
  readonly help: string
  /** Long steps show their output while they run, the others only when they fail. */
  readonly live?: boolean
  /** A step that takes longer has hung (a Node process sometimes does when it exits) and is killed. */
  readonly minutes?: number
}

const MINUTES = 10

export interface Outcome {
  readonly step: Step
  readonly failed: boolean
}

/** Runs the steps one after the other, whatever happens to one of them. */
export async function runSteps(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const step of steps) {
    const start = performance.now()
    if (step.live) console.log(`\n── ${step.name}`)
    const { code, output } = await run(step)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const failed = code !== 0
    if (failed) console.log(output)
    console.log(`${failed ? '✗' : '✓'} ${step.name} (${seconds} s)${failed ? `  → ${step.help}` : ''}`)
    outcomes.push({ step, failed })
  }
  return outcomes
}

/** The list of failed steps with what helps, for the end of a long output. */
export function printFailures(outcomes: readonly Outcome[]): void {
  const failures = outcomes.filter(({ failed }) => failed)
  if (failures.length === 0) return
  console.log(`\nFailed: ${failures.map(({ step }) => step.name).join(', ')}`)
  for (const { step } of failures) console.log(`  ${step.name}: ${step.help}`)
}

/** Time to stop in good order: turbo and Playwright end their own children, which live in groups of their own. */
const GRACE_MS = 5_000

/** The step that runs now; Ctrl+C must reach it and all that it started. */
let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    const code = 128 + constants.signals[signal]
    if (running === undefined) process.exit(code)
    running.once('close', () => process.exit(code))
    stop(running)
  })
}

function run({ command, live, minutes = MINUTES }: Step): Promise<{ code: number; output: string }> {
  const [program, ...args] = command
  const windows = process.platform === 'win32'
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    // npm puts .cmd files on the PATH of Windows, which only a shell starts.
    shell: windows,
    // A process group of its own, to be killed as a whole.
    detached: !windows,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  })
  running = child
  let output = ''
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const timer = setTimeout(() => {
    output += `Killed after ${minutes} minutes.`
    stop(child)
  }, minutes * 60_000)
  return new Promise<{ code: number; output: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  }).finally(() => {
    clearTimeout(timer)
    running = undefined
  })
}

/** Ends a step and its process group: politely, and after a while for good. */
function stop(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM')
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref()
}

/** The group can outlive the process that leads it. */
function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch (error) {
    // ESRCH: nobody is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
