/** What `npm run check` consists of; `npm test` begins with it. */
import { REPORT_ARGUMENTS } from './test-reports.ts'
import type { Step } from './steps.ts'

export const CHECK_STEPS: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check'], help: 'npm run format' },
  { name: 'lint', command: ['oxlint'], help: 'npx oxlint --fix (mends a part; the rest by hand)' },
  { name: 'import boundaries', command: ['node', 'scripts/check-imports.ts'], help: 'node scripts/check-imports.ts' },
  { name: 'lock file', command: ['node', 'scripts/check-lock.ts'], help: 'CONTRIBUTING.md, "Dependencies"' },
  { name: 'types of scripts', command: ['tsc', '--noEmit', '-p', 'scripts'], help: 'npx tsc --noEmit -p scripts' },
  { name: 'types of bench', command: ['tsc', '--noEmit', '-p', 'bench'], help: 'npx tsc --noEmit -p bench' },
  {
    name: 'types of the engine in a browser',
    command: ['tsc', '--noEmit', '-p', 'bench/browser'],
    help: 'npx tsc --noEmit -p bench/browser',
  },
  {
    name: 'types of the bench of the page',
    command: ['tsc', '--noEmit', '-p', 'bench/page'],
    help: 'npx tsc --noEmit -p bench/page',
  },
  { name: 'types of chaos', command: ['tsc', '--noEmit', '-p', 'chaos'], help: 'npx tsc --noEmit -p chaos' },
  { name: 'types of fuzz', command: ['tsc', '--noEmit', '-p', 'fuzz'], help: 'npx tsc --noEmit -p fuzz' },
  {
    name: 'types',
    command: ['turbo', 'run', 'typecheck', '--concurrency=100%', '--output-logs=errors-only', '--continue'],
    help: 'npm run typecheck -w <workspace>',
  },
  {
    name: 'tests of scripts, bench and fuzz',
    command: ['vitest', 'run', 'scripts/', 'bench/', 'fuzz/', ...REPORT_ARGUMENTS],
    help: 'npx vitest scripts/ bench/ fuzz/',
    live: true,
  },
  {
    name: 'unit and property tests',
    command: ['turbo', 'run', 'test', '--concurrency=100%', '--continue', '--', ...REPORT_ARGUMENTS],
    help: 'npm test -w <workspace>, or npx vitest <file> inside it',
    live: true,
    minutes: 30,
  },
]
