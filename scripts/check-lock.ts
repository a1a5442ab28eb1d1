/**
 * Says when package-lock.json lacks a platform's binary: npm writes such a lock file when a release was only half
 * published, and `npm ci` then fails on every other platform, or on all. Also keeps machine-specific registries out.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './steps.ts'
import { lockComplaints } from './lock-complaints.ts'

const complaints = lockComplaints(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
for (const complaint of complaints) console.error(complaint)
if (complaints.length > 0) {
  console.error('Remove node_modules and package-lock.json, choose a version that is complete, and run `npm install`.')
  process.exitCode = 1
}
