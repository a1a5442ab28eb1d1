/** The HTTP surface: guards, error catalogue, routes, the page. */
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { type Access, guardAccess } from './access/access.ts'
import type { Analysis } from './analysis/analysis.ts'
import { describeApi } from './api-docs.ts'
import { answerErrors } from './errors.ts'
import { createHttpServer, limitRates } from './http-limits.ts'
import { artifactRoutes } from './routes/artifacts.ts'
import { caseEvidenceRoutes } from './routes/case-evidence.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { contentRoutes } from './routes/contents.ts'
import { caseRoutes, type CaseRouteNeeds } from './routes/cases.ts'
import { demoRoutes, type DemoRouteNeeds } from './routes/demo.ts'
import { eventRoutes } from './routes/events.ts'
import { provisionalRoutes } from './routes/provisional.ts'
import { healthRoutes } from './routes/health.ts'
import { compareRoutes } from './routes/compare.ts'
import { heapRoutes } from './routes/heap.ts'
import { histogramRoutes } from './routes/heap-histogram.ts'
import { wasteRoutes } from './routes/heap-waste.ts'
import { selectionRoutes } from './routes/heap-selections.ts'
import { jstatCsvRoute, jstatRoutes } from './routes/jstat.ts'
import { nettyRoutes } from './routes/heap-netty.ts'
import { insideRoutes } from './routes/heap-contents.ts'
import { referenceRoutes } from './routes/heap-references.ts'
import { listRoutes, loaderRoutes, threadRoutes } from './routes/heap-lists.ts'
import { objectRoutes } from './routes/heap-objects.ts'
import { treeRoutes } from './routes/heap-tree.ts'
import { localFileRoutes } from './routes/local-files.ts'
import { sessionRoutes } from './routes/session.ts'
import { storageRoutes } from './routes/storage.ts'
import { dismissalRoutes } from './routes/dismissals.ts'
import { ownCodeRoutes } from './routes/own-code.ts'
import { pinRoutes } from './routes/pins.ts'
import { heapGrowthRoutes } from './routes/heap-growth.ts'
import { readingRoutes } from './routes/readings.ts'
import { textRoutes } from './routes/texts.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { viewRoutes } from './routes/views.ts'
import { followRequests } from './request-signal.ts'
import { guardRequests } from './security.ts'
import { servePage } from './web.ts'
import type { Config } from './env.ts'
import type { Tables } from './db/schema.ts'
import type { Metrics } from './metrics.ts'
import type { Blobs } from './storage/blobs.ts'
import type { Disk } from './storage/disk.ts'
import type { ReadingStore } from './cases/readings.ts'
import type { Tus } from './uploads/tus.ts'
import type { Uploads } from './uploads/uploads.ts'
import type { Kysely } from 'kysely'

export interface AppNeeds extends CaseRouteNeeds, DemoRouteNeeds {
  readonly access: Access
  readonly analysis: Analysis
  readonly readings: ReadingStore
  readonly blobs: Blobs
  readonly db: Kysely<Tables>
  readonly metrics: Metrics
  readonly disk: Disk
  readonly uploads: Uploads
  readonly tus: Tus
  /** Folder of the built page. */
  readonly webBuild: string
}

export async function buildApp(
  config: Config,
  loggerInstance: FastifyServerOptions['loggerInstance'],
  needs: AppNeeds,
): Promise<FastifyInstance> {
  const app = createHttpServer(loggerInstance, config.requestLimits)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app)
  followRequests(app)
  await guardRequests(app, config)
  guardAccess(app, needs.access)
  await limitRates(app, config.requestLimits, (request) => needs.access.clientOf(request))
  await describeApi(app)
  await registerRoutes(app, config, needs)
  await servePage(app, needs.webBuild)
  return app
}

async function registerRoutes(app: FastifyInstance, config: Config, needs: AppNeeds): Promise<void> {
  const { access, analysis, blobs, db, disk, cases, artifacts, changes, openDemo, readings, tus, uploads } = needs
  needs.metrics.watch(app)
  await app.register(metricsRoutes, { metrics: needs.metrics })
  await app.register(healthRoutes, { config, access, cases, disk })
  await app.register(sessionRoutes, { access })
  await app.register(storageRoutes, { disk, config })
  await app.register(localFileRoutes, { access, cases, uploads, config })
  await app.register(caseRoutes, { cases, artifacts, changes })
  await app.register(demoRoutes, { cases, openDemo })
  await app.register(artifactRoutes, { artifacts })
  await app.register(contentRoutes, { artifacts, blobs })
  await app.register(uploadRoutes, { tus, uploads })
  await app.register(eventRoutes, { cases, changes, access, mostStreams: config.requestLimits.eventStreams })
  await app.register(heapRoutes, { artifacts, analysis })
  await app.register(histogramRoutes, { artifacts, analysis })
  await app.register(wasteRoutes, { artifacts, analysis })
  await app.register(selectionRoutes, { artifacts, analysis })
  await app.register(compareRoutes, { artifacts, analysis })
  await app.register(objectRoutes, { artifacts, analysis })
  await app.register(treeRoutes, { artifacts, analysis })
  await app.register(insideRoutes, { artifacts, analysis })
  await app.register(referenceRoutes, { artifacts, analysis })
  await app.register(nettyRoutes, { artifacts, analysis })
  await app.register(threadRoutes, { artifacts, analysis })
  await app.register(loaderRoutes, { artifacts, analysis })
  await app.register(listRoutes, { artifacts, analysis })
  await app.register(provisionalRoutes, { artifacts, uploads, analysis })
  await app.register(jstatRoutes, { analysis })
  await app.register(jstatCsvRoute, { analysis })
  await app.register(textRoutes, { analysis })
  await app.register(readingRoutes, { artifacts, readings, changes })
  await app.register(caseEvidenceRoutes, { analysis })
  await app.register(heapGrowthRoutes, { analysis })
  await app.register(viewRoutes, { db })
  await app.register(pinRoutes, { db, changes })
  await app.register(ownCodeRoutes, { cases, changes })
  await app.register(dismissalRoutes, { db, changes })
}
