/** Puts a server together and takes it apart again. Tests start it as `main.ts` does. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { createAccess } from './access/access.ts'
import { openSessions } from './access/sessions.ts'
import { buildApp } from './app.ts'
import { createManifests } from './cases/manifests.ts'
import { createRetention } from './cases/retention.ts'
import { backupText } from './db/backup-text.ts'
import type { Database } from './db/database.ts'
import { openEmbedded } from './db/embedded.ts'
import { openPostgres } from './db/postgres.ts'
import type { Config } from './env.ts'
import { createHousekeeping } from './housekeeping.ts'
import { listen } from './listen.ts'
import { assembleParts } from './parts.ts'
import { announce } from './storage/announcement.ts'
import { createBackups } from './storage/backups.ts'
import { type DataDirectory, openDataDirectory, prepareFolders } from './storage/data-directory.ts'
import { readOrMakeSecret } from './storage/secrets.ts'
import { manifestFiles } from './storage/manifests.ts'
import { lockDirectory } from './storage/lock.ts'

export interface RunningServer {
  /** For people on this machine, e.g. `http://127.0.0.1:4280`. */
  readonly url: string
  /** What whoever starts it should know. */
  readonly notices: readonly string[]
  /** Ends everything that runs; analyses start again with the next start. */
  close(): Promise<void>
}

const WEB_BUILD = path.resolve(import.meta.dirname, '../../web/dist')

/** @throws DirectoryUnusable, DirectoryInUse, AddressRefused with a sentence for people */
export async function startServer(config: Config, log: FastifyBaseLogger): Promise<RunningServer> {
  const directory = await openDataDirectory(config.dataDirectory)
  const unlock = lockDirectory(directory.root)
  try {
    await prepareFolders(directory)
    const parts = await assemble(config, log, directory)
    const close = () => parts.close().finally(unlock)
    try {
      return { ...(await parts.start()), close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function assemble(config: Config, log: FastifyBaseLogger, directory: DataDirectory) {
  const tell = (sentence: string) => log.info(sentence)
  const { databaseUrl } = config
  const database =
    databaseUrl === undefined ? await openEmbedded(directory, tell) : await openPostgres(databaseUrl, tell)
  const { db } = database
  const parts = await assembleParts({ config, log, directory, database })
  const { analysis, artifacts, changes, jobs, takeIn, uploads } = parts
  const manifests = createManifests({ db, files: manifestFiles(directory.manifests), changes, log })
  const backups = createBackups(directory.backups)
  const backup = async () => {
    if (database.isEmbedded) await backups.keep(await backupText(db))
  }
  const ownerSecret = randomBytes(32).toString('base64url')
  const access = createAccess({
    config,
    ownerSecret,
    sessions: await sessionsOf(config, db, directory),
  })
  const app = await buildApp(config, log, { ...parts, access, db, webBuild: WEB_BUILD })
  let takeBack = (): Promise<void> => Promise.resolve()
  const { retentionDays } = config
  const retention = createRetention({ db, artifacts, changes, retentionDays })
  const housekeeping = createHousekeeping({ uploads, retention, retentionDays, backup, log })

  return {
    /** @returns the address; requests come in only when all that an earlier run left is accounted for */
    async start(): Promise<Omit<RunningServer, 'close'>> {
      await artifacts.removeUnneeded()
      await uploads.recover()
      await manifests.begin()
      const notices = await housekeeping.begin()
      const url = await listen(app, config)
      takeBack = await announce(directory.root, { url, secret: ownerSecret, pid: process.pid })
      await jobs.start()
      return { url, notices }
    },
    async close(): Promise<void> {
      housekeeping.stop()
      await takeBack()
      await app.close()
      await takeIn.stopAll()
      await jobs.close()
      await analysis.close()
      await manifests.close()
      changes.close()
      await backup().catch((error: unknown) => log.error({ err: error }, 'no backup was made at the stop'))
      await database.close()
    },
  }
}

/** @returns undefined when nobody is asked for a key */
async function sessionsOf({ accessKey }: Config, db: Database['db'], directory: DataDirectory) {
  if (accessKey === undefined) return undefined
  return openSessions(db, await readOrMakeSecret(directory.secret), accessKey)
}
