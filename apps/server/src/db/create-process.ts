/** A child process that makes a new, empty database in the folder named by its argument, and ends. */
import { startDatabase } from './start.ts'

// The parent is gone: what is made here would never be used.
process.on('disconnect', () => process.exit(1))

const pglite = await startDatabase(process.argv[2] ?? '')
await pglite.close()
process.exit(0)
