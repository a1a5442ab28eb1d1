/** `npm run -s heaptrail -- restore [--anyway]`: run by the command line as a program of its own. */
import { DatabaseNewer } from '../db/migrate.ts'
import { readDataDirectory, SettingError } from '../env.ts'
import { DirectoryUnusable } from '../storage/data-directory.ts'
import { DirectoryInUse } from '../storage/lock.ts'
import { restore, RestoreRefused } from './restore.ts'

const FOR_PEOPLE = [DatabaseNewer, SettingError, DirectoryUnusable, DirectoryInUse, RestoreRefused]

// As at the start of the server: files are for their owner only.
process.umask(0o077)

try {
  for (const sentence of await restore(readDataDirectory(), process.argv.includes('--anyway'))) console.log(sentence)
  console.log('Start Heaptrail as usual: npm start')
} catch (error) {
  if (!FOR_PEOPLE.some((kind) => error instanceof kind) || !(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 1
}
