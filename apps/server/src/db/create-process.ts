/** A child process that makes a new, empty database in the folder named by its first argument, and ends; also when its parent, the second one, is gone. */
import { Worker } from 'node:worker_threads'
import { startDatabase } from './start.ts'

/** What is made here would never be used. This thread is busy making it, so another one looks. */
const WATCH_PARENT = `
  const { workerData: parent } = require('node:worker_threads')
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 100)
`
new Worker(WATCH_PARENT, { eval: true, workerData: Number(process.argv[3]) }).unref()

const pglite = await startDatabase(process.argv[2] ?? '')
await pglite.close()
process.exit(0)
