/** Checks the boundaries between packages (see scripts/imports/workspaces.ts); exits with 1 when one is broken. */
import { findViolations } from './imports/violations.ts'
import { ROOT } from './steps.ts'

const violations = findViolations(ROOT)
for (const { path, message } of violations) console.error(`${path}: ${message}`)
if (violations.length > 0) process.exitCode = 1
