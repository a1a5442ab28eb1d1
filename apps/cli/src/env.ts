/** All that the environment says. */
import { resolve } from 'node:path'

/**
 * Folder that relative paths of the user start from: npm runs scripts in the folder of the package and
 * keeps the user's own in INIT_CWD.
 */
export function startFolder(): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env
  return script === 'heaptrail' && INIT_CWD !== undefined ? resolve(INIT_CWD) : process.cwd()
}
