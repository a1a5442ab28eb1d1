/** Makes sure that the browser tests have a Chromium: finds one, installs one, or says in a sentence what to do. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './find-chromium.ts'

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

function installFromDebian(): boolean {
  const root = process.getuid?.() === 0
  if (!root || !existsSync('/etc/debian_version')) return false
  return run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')
}

if (findChromium() === undefined && !installFromDebian() && !run('playwright', 'install', 'chromium')) {
  console.error(
    'The browser tests need Chromium: install it (Debian: `apt install chromium`) or name it in CHROMIUM_PATH.',
  )
  process.exitCode = 1
}
