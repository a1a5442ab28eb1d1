/** All that the environment says. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Folder that relative paths of the user start from: npm runs scripts in the folder of the package and
 * keeps the user's own in INIT_CWD.
 */
export function startFolder(): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env
  return script === 'heaptrail' && INIT_CWD !== undefined ? resolve(INIT_CWD) : process.cwd()
}

/** That of the server, found as the server finds it. */
export function dataDirectory(): string {
  const { HEAPTRAIL_DATA_DIR, XDG_DATA_HOME } = process.env
  return resolve(HEAPTRAIL_DATA_DIR || join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'heaptrail'))
}

/** Without one there is no browser to open. */
export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}
