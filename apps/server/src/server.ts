/** Puts a server together and takes it apart again. Tests start it like `main.ts` does. */
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { buildApp } from './app.ts'
import { createAnalysis } from './analysis/analysis.ts'
import { createArtifacts } from './cases/artifacts.ts'
import { createCaseStore } from './cases/cases.ts'
import { createChanges } from './cases/changes.ts'
import { openDatabase } from './db/open.ts'
import { createDemo } from './demo.ts'
import type { Config } from './env.ts'
import { createTakeIn, type TakeIn } from './intake/take-in.ts'
import { createJobs } from './jobs/jobs.ts'
import { startQueue } from './jobs/queue.ts'
import { hasCode } from './errors.ts'
import { createBlobs } from './storage/blobs.ts'
import { openDataDirectory, prepareFolders } from './storage/data-directory.ts'
import { lockDirectory } from './storage/lock.ts'
import { createTus } from './uploads/tus.ts'
import { UploadFiles } from './uploads/upload-files.ts'
import { createUploads } from './uploads/uploads.ts'

export interface RunningServer {
  /** For people on this machine, e.g. `http://127.0.0.1:4280`. */
  readonly url: string
  /** Ends everything that runs; analyses start again with the next start. */
  close(): Promise<void>
}

/** The port is taken. */
export class PortTaken extends Error {}

const HOUR_MS = 3_600_000
const WEB_BUILD = path.resolve(import.meta.dirname, '../../web/dist')

/** @throws DirectoryInUse, PortTaken with a sentence for people */
export async function startServer(config: Config, log: FastifyBaseLogger): Promise<RunningServer> {
  const directory = await openDataDirectory(config.dataDirectory)
  const unlock = lockDirectory(directory.root)
  try {
    await prepareFolders(directory)
    return await startParts(config, log, directory, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startParts(
  config: Config,
  log: FastifyBaseLogger,
  directory: Awaited<ReturnType<typeof openDataDirectory>>,
  unlock: () => void,
): Promise<RunningServer> {
  const { db, pglite, close: closeDatabase } = await openDatabase(directory)
  const blobs = createBlobs(directory)
  const changes = createChanges()
  const files = new UploadFiles({ directory: directory.uploads })
  const analysis = createAnalysis({ blobs, log })
  const queue = await startQueue(pglite, log)
  const jobs = createJobs({ db, queue, changes, log, analyse: analysis.analyse, atOnce: config.analyses })
  const takeIn: TakeIn = createTakeIn({ db, files, blobs, changes, log, enqueue: jobs.enqueue })
  const cases = createCaseStore(db, {
    receivedBytes: (id) => files.receivedBytes(id),
    unpackedFraction: takeIn.fraction,
  })
  const uploads = createUploads({ db, files, changes, takeIn })
  const artifacts = createArtifacts({ db, blobs, jobs, uploads, changes, letGo: analysis.letGo })
  const tus = createTus({ files, uploads, caseExists: cases.exists, maxBytes: config.maxUploadBytes })
  const openDemo = createDemo({ cases, files, uploads })
  const app = await buildApp(config, log, {
    analysis,
    db,
    cases,
    artifacts,
    changes,
    uploads,
    tus,
    openDemo,
    webBuild: WEB_BUILD,
  })

  async function close(): Promise<void> {
    clearInterval(housekeeping)
    await app.close()
    await takeIn.stopAll()
    await jobs.close()
    await analysis.close()
    changes.close()
    await closeDatabase()
    unlock()
  }

  const housekeeping = setInterval(() => {
    uploads.removeStale().catch((error: unknown) => log.error({ err: error }, 'stale uploads could not be removed'))
  }, HOUR_MS)
  try {
    await listen(app, config)
    await artifacts.removeUnneeded()
    await uploads.recover()
    await uploads.removeStale()
    await jobs.start()
  } catch (error) {
    await close()
    throw error
  }
  return { url: urlOf(config.host, app.server.address()), close }
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) {
      throw new PortTaken(
        `Port ${port} on ${host} is taken by another program. Stop it, or set HEAPTRAIL_PORT to another port (0: any free one).`,
      )
    }
    if (hasCode(error, 'EACCES'))
      throw new PortTaken(`Port ${port} may not be used by this user. Set HEAPTRAIL_PORT to a port above 1023.`)
    if (hasCode(error, 'EADDRNOTAVAIL'))
      throw new PortTaken(`This machine has no address ${host}. Set HEAPTRAIL_HOST to one that it has.`)
    throw error
  }
}

function urlOf(host: string, address: ReturnType<Awaited<ReturnType<typeof buildApp>>['server']['address']>): string {
  const port = typeof address === 'object' ? address?.port : undefined
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
