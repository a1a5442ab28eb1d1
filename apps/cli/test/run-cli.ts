/** The command line as a person runs it: a process of its own, in a sandbox that shows what it wrote. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname
const TIMEOUT_MS = 30_000

export interface Run {
  /** null when it had to be killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Files and folders that were left in the working folder, the temporary folder, or near them. */
  readonly left: readonly string[]
}

export interface RunOptions {
  /** Sent when something is first seen in the temporary folder. */
  readonly interrupt?: NodeJS.Signals
  /** Called before the sandbox is removed, with the working folder. */
  readonly look?: (folder: string) => void
  /** Files that the run is meant to leave, relative to the working folder. */
  readonly expected?: readonly string[]
}

export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const sandbox = mkdtempSync(join(tmpdir(), 'heaptrail-cli-test-'))
  const [folder, temporary] = ['deep/er/here', 'deep/er/tmp'].map((name) => join(sandbox, name))
  for (const path of [folder, temporary]) mkdirSync(path, { recursive: true })
  try {
    const env = { ...process.env, TMPDIR: temporary, npm_lifecycle_event: '' }
    const run = await runProcess([MAIN, ...args], folder, env, temporary, options)
    options.look?.(folder)
    const meant = new Set(['deep', 'deep/er', 'deep/er/here', 'deep/er/tmp'])
    for (const name of options.expected ?? []) meant.add(`deep/er/here/${name}`)
    const left = readdirSync(sandbox, { recursive: true, encoding: 'utf8' }).filter((path) => !meant.has(path))
    return { ...run, left }
  } finally {
    rmSync(sandbox, { recursive: true, force: true })
  }
}

function runProcess(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  temporary: string,
  { interrupt }: RunOptions,
): Promise<Omit<Run, 'left'>> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const killer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
  const watcher = setInterval(() => {
    if (interrupt === undefined || readdirSync(temporary, { recursive: true }).length < 2) return
    child.kill(interrupt)
    clearInterval(watcher)
  }, 5)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(killer)
      clearInterval(watcher)
      resolve({ code, stdout, stderr })
    })
  })
}
