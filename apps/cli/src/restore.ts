/** `restore`: a program of the server, which alone knows its data directory; here it is only started. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const PROGRAM = path.resolve(import.meta.dirname, '../../server/src/restore/main.ts')

/** @returns the exit code */
export async function restoreCommand({ anyway }: { readonly anyway: boolean }): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, ...(anyway ? ['--anyway'] : [])], { stdio: 'inherit' })
  await once(child, 'close')
  return child.exitCode ?? 1
}
