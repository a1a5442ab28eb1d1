/** Builds the web app when its sources, or those of the API contract that it contains, are newer than the build. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './steps.ts'

const SOURCES = ['apps/web', 'packages/api/src', 'package-lock.json']
const BUILT = 'apps/web/dist/index.html'

/** Newest modification in a file or folder, ms since 1970; installed and built things do not count. */
function newestChange(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => !['dist', 'node_modules', '.turbo', 'test-results'].includes(name))
  return Math.max(0, ...names.map((name) => newestChange(join(path, name))))
}

const built = join(ROOT, BUILT)
const upToDate = existsSync(built) && SOURCES.every((path) => newestChange(join(ROOT, path)) <= statSync(built).mtimeMs)
if (!upToDate) {
  console.log('Building the web app …')
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '-w', 'apps/web'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('The web app could not be built; `npm run build -w apps/web` shows why.')
    process.exitCode = 1
  }
}
