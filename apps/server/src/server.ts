/** Puts a server together and takes it apart again. Tests start it as `main.ts` does. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { createAccess } from './access/access.ts'
import { openSessions } from './access/sessions.ts'
import { createAnalysis } from './analysis/analysis.ts'
import { buildApp } from './app.ts'
import { Artifacts } from './cases/artifacts.ts'
import { CaseStore } from './cases/cases.ts'
import { createChanges } from './cases/changes.ts'
import { type Database, openDatabase } from './db/open.ts'
import { createDemo } from './demo.ts'
import type { Config } from './env.ts'
import { createTakeIn } from './intake/take-in.ts'
import { Jobs } from './jobs/jobs.ts'
import { startQueue } from './jobs/queue.ts'
import { listen } from './listen.ts'
import { createBlobs } from './storage/blobs.ts'
import { type DataDirectory, openDataDirectory, prepareFolders } from './storage/data-directory.ts'
import { readOrMakeSecret } from './storage/secrets.ts'
import { lockDirectory } from './storage/lock.ts'
import { createTus } from './uploads/tus.ts'
import { UploadFiles } from './uploads/upload-files.ts'
import { Uploads } from './uploads/uploads.ts'

export interface RunningServer {
  /** For people on this machine, e.g. `http://127.0.0.1:4280`. */
  readonly url: string
  /** Ends everything that runs; analyses start again with the next start. */
  close(): Promise<void>
}

const HOUR_MS = 3_600_000
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
      return { url: await parts.start(), close }
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
  const database = await openDatabase(directory)
  const { db } = database
  const blobs = createBlobs(directory)
  const changes = createChanges()
  const files = new UploadFiles({ directory: directory.uploads })
  const analysis = createAnalysis({ blobs, log, analyseAgain: (sha256) => artifacts.analyseAgain(sha256) })
  const queue = await startQueue(database.pglite, log)
  const jobs = new Jobs({ db, queue, changes, log, analyse: (task) => analysis.analyse(task), atOnce: config.analyses })
  const takeIn = createTakeIn({
    db,
    files,
    blobs,
    changes,
    log,
    enqueue: (artifact) => jobs.enqueue(artifact),
    removeUnneeded: () => artifacts.removeUnneeded(),
  })
  const cases = new CaseStore(db, {
    receivedBytes: (id) => files.receivedBytes(id),
    unpackedFraction: (id) => takeIn.fraction(id),
  })
  const uploads = new Uploads({ db, files, changes, takeIn })
  const artifacts: Artifacts = new Artifacts({ db, blobs, jobs, uploads, changes, letGo: (row) => analysis.letGo(row) })
  const caseExists = (caseId: string) => cases.exists(caseId)
  const tus = createTus({ files, uploads, caseExists, maxBytes: config.maxUploadBytes, log })
  const openDemo = createDemo({ cases, files, uploads, artifacts })
  const access = createAccess({
    config,
    ownerSecret: randomBytes(32).toString('base64url'),
    sessions: await sessionsOf(config, database.db, directory),
  })
  const needs = { access, analysis, db, cases, artifacts, changes, uploads, tus, openDemo, webBuild: WEB_BUILD }
  const app = await buildApp(config, log, needs)

  const housekeeping = setInterval(() => {
    uploads.removeStale().catch((error: unknown) => log.error({ err: error }, 'stale uploads could not be removed'))
  }, HOUR_MS)

  return {
    /** @returns the address; requests come in only when all that an earlier run left is accounted for */
    async start(): Promise<string> {
      await artifacts.removeUnneeded()
      await uploads.recover()
      await uploads.removeStale()
      const url = await listen(app, config)
      await jobs.start()
      return url
    },
    async close(): Promise<void> {
      clearInterval(housekeeping)
      await app.close()
      await takeIn.stopAll()
      await jobs.close()
      await analysis.close()
      changes.close()
      await database.close()
    },
  }
}

/** @returns undefined when nobody is asked for a key */
async function sessionsOf({ accessKey }: Config, db: Database['db'], directory: DataDirectory) {
  if (accessKey === undefined) return undefined
  return openSessions(db, await readOrMakeSecret(directory.secret), accessKey)
}
