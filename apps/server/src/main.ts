/** `npm start`: one server in the foreground. */
import { DatabaseBroken } from './db/embedded.ts'
import { DatabaseNewer } from './db/migrate.ts'
import { DatabaseRefused } from './db/postgres.ts'
import { readConfig, SettingError, type Config } from './env.ts'
import { createLog } from './log.ts'
import { isLoopback } from './loopback.ts'
import { AddressRefused } from './listen.ts'
import { startServer, type RunningServer } from './server.ts'
import { DirectoryUnusable } from './storage/data-directory.ts'
import { DirectoryInUse } from './storage/lock.ts'

/** A stop that takes longer than this has hung (nodejs/node#54918): then the process ends the hard way. */
const STOP_MS = 9_000

/** Errors whose message says what to do. */
const FOR_PEOPLE = [
  DatabaseBroken,
  DatabaseNewer,
  DatabaseRefused,
  SettingError,
  DirectoryUnusable,
  DirectoryInUse,
  AddressRefused,
]

// Whatever is written, also into a directory that was there before, is for its owner only.
process.umask(0o077)

try {
  const config = readConfig()
  const server = await startServer(config, createLog(config))
  announce(server, config)
  stopOnSignal(server)
} catch (error) {
  if (!FOR_PEOPLE.some((kind) => error instanceof kind) || !(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function announce(server: RunningServer, config: Config): void {
  console.log(`Heaptrail keeps its data in ${config.dataDirectory}`)
  if (!isLoopback(config.host)) {
    console.log(
      'It listens beyond this machine: whoever reaches it and has the access key can read every heap dump in it.',
    )
  } else if (config.publicUrl !== undefined && config.accessKey === undefined) {
    console.log(
      'HEAPTRAIL_PUBLIC_URL leads others here and HEAPTRAIL_ACCESS_KEY is not set: whoever the proxy lets through can read every heap dump.',
    )
  }
  for (const notice of server.notices) console.log(notice)
  console.log(`Heaptrail is ready: ${config.publicUrl ?? server.url}`)
}

function stopOnSignal(server: RunningServer): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS).unref()
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
