/** The parts of a server below HTTP, and what each of them asks of the others. */
import type { FastifyBaseLogger } from 'fastify'
import { createAnalysis } from './analysis/analysis.ts'
import { variantOf } from './analysis/variant.ts'
import { Artifacts } from './cases/artifacts.ts'
import { type CaseFacts, CaseStore } from './cases/cases.ts'
import { createChanges } from './cases/changes.ts'
import { ReadingStore } from './cases/readings.ts'
import { deletionOf } from './cases/retention.ts'
import type { Database } from './db/database.ts'
import type { ArtifactRow } from './db/schema.ts'
import { createDemo } from './demo.ts'
import type { Config } from './env.ts'
import { createTakeIn, type TakeIn } from './intake/take-in.ts'
import { Jobs } from './jobs/jobs.ts'
import { startQueue } from './jobs/queue.ts'
import { createMetrics } from './metrics.ts'
import { type Blobs, createBlobs } from './storage/blobs.ts'
import type { DataDirectory } from './storage/data-directory.ts'
import { createDisk } from './storage/disk.ts'
import { createTus } from './uploads/tus.ts'
import { UploadFiles } from './uploads/upload-files.ts'
import { Uploads } from './uploads/uploads.ts'

/** Uploads that are unpacked while they run, and dumps among them that are read: the others when they are complete. */
const UPLOADS_FOLLOWED = 4
const DUMPS_FOLLOWED = 2

interface PartsNeeds {
  readonly config: Config
  readonly log: FastifyBaseLogger
  readonly directory: DataDirectory
  readonly database: Database
}

export async function assembleParts({ config, log, directory, database }: PartsNeeds) {
  const { db } = database
  const blobs = createBlobs(directory)
  const changes = createChanges()
  const disk = createDisk(directory, config)
  const files = new UploadFiles(directory.uploads, disk)
  const readings = new ReadingStore(db)
  const atOnce = { early: DUMPS_FOLLOWED, questions: config.requestLimits.questions }
  const analysis = createAnalysis({ blobs, log, atOnce, artifacts: () => artifacts, readings })
  const metrics = createMetrics(db, disk)
  const ended = metrics.analysed
  const queue = await startQueue(database.queue, log)
  const analyse = analysis.analyse.bind(analysis)
  const jobs = new Jobs({ db, queue, disk, changes, log, ended, analyse, atOnce: config.analyses })
  const takeIn = createTakeIn({
    db,
    files,
    blobs,
    disk,
    changes,
    log,
    enqueue: (artifact) => jobs.enqueue(artifact),
    removeUnneeded: () => artifacts.removeUnneeded(),
    early: analysis.early,
    followAtOnce: UPLOADS_FOLLOWED,
    limits: config.unpackLimits,
  })
  const cases = new CaseStore(db, caseFacts({ files, takeIn, blobs }, config))
  const uploads = new Uploads({ db, files, disk, changes, takeIn })
  const artifacts: Artifacts = new Artifacts({
    db,
    blobs,
    jobs,
    uploads,
    changes,
    // The same content may be in another case, where somebody looks at it.
    letGo: async (row) => ((await isElsewhere(database, row)) ? undefined : analysis.letGo(row)),
    forgetSnapshot: (row) => analysis.forgetSnapshot(row),
  })
  const caseExists = (caseId: string) => cases.exists(caseId)
  const tus = createTus({ files, uploads, caseExists, maxBytes: config.maxUploadBytes, log })
  const openDemo = createDemo({ cases, files, uploads, artifacts })
  return {
    analysis,
    artifacts,
    blobs,
    cases,
    changes,
    disk,
    files,
    jobs,
    metrics,
    openDemo,
    readings,
    takeIn,
    tus,
    uploads,
  }
}

async function isElsewhere({ db }: Database, { id, sha256 }: ArtifactRow): Promise<boolean> {
  const rows = await db
    .selectFrom('artifacts')
    .select('id')
    .where('sha256', '=', sha256)
    .where('id', '!=', id)
    .execute()
  return rows.some((other) => variantOf(other) === variantOf({ id }))
}

interface CaseFactsNeeds {
  readonly files: Pick<UploadFiles, 'receivedBytes'>
  readonly takeIn: Pick<TakeIn, 'fraction'>
  readonly blobs: Pick<Blobs, 'snapshotBytes'>
}

function caseFacts({ files, takeIn, blobs }: CaseFactsNeeds, { retentionDays }: Config): CaseFacts {
  return {
    receivedBytes: (id) => files.receivedBytes(id),
    unpackedFraction: (id) => takeIn.fraction(id),
    snapshotBytes: () => blobs.snapshotBytes(),
    deleteAt: (row) => deletionOf(row, retentionDays),
  }
}
