/** What an operator watches, for Prometheus. Names of routes, states and kinds only: nothing of a case. */
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Tables } from './db/schema.ts'
import type { Disk } from './storage/disk.ts'

export interface Metrics {
  /** In the text format of Prometheus. */
  print(): Promise<string>
  readonly contentType: string
  /** An analysis has ended, after so many seconds. */
  analysed(kind: string, outcome: string, seconds: number): void
  /** Counts and times all requests of an app. */
  watch(app: FastifyInstance): void
}

const REQUEST_SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10]
const ANALYSIS_SECONDS = [0.1, 1, 5, 20, 60, 300, 1800]

export function createMetrics(db: Kysely<Tables>, disk: Disk): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU and the delay of the event loop.
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'heaptrail_request_seconds',
    help: 'HTTP requests by method, route and status, and how long they took',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  })
  const analyses = new Histogram({
    name: 'heaptrail_analysis_seconds',
    help: 'Analyses that have ended, by kind of artifact and outcome, and how long they took',
    labelNames: ['kind', 'outcome'],
    buckets: ANALYSIS_SECONDS,
    registers,
  })
  addStateGauges(registry, db)
  addDiskGauges(registry, disk)
  return {
    print: () => registry.metrics(),
    contentType: registry.contentType,
    analysed: (kind, outcome, seconds) => analyses.observe({ kind, outcome }, seconds),
    watch(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none'
        const labels = { method: request.method, route, status: reply.statusCode }
        requests.observe(labels, reply.elapsedTime / 1000)
      })
    },
  }
}

/** Uploads and artifacts by their state, asked when somebody looks. */
function addStateGauges(registry: Registry, db: Kysely<Tables>): void {
  for (const [table, help] of [
    ['uploads', 'Uploads that are not in their case yet, by state'],
    ['artifacts', 'Artifacts by the state of their analysis'],
  ] as const) {
    const gauge: Gauge = new Gauge({
      name: `heaptrail_${table}`,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        const rows = await db
          .selectFrom(table)
          .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
          .groupBy('status')
          .execute()
        gauge.reset()
        for (const { status, count } of rows) gauge.set({ state: status }, Number(count))
      },
    })
  }
}

function addDiskGauges(registry: Registry, disk: Disk): void {
  const free: Gauge = new Gauge({
    name: 'heaptrail_disk_free_bytes',
    help: 'Free on the disk',
    registers: [registry],
    collect: async () => free.set(await disk.free()),
  })
  const used: Gauge = new Gauge({
    name: 'heaptrail_disk_used_bytes',
    help: 'Taken by Heaptrail, by what for',
    labelNames: ['part'],
    registers: [registry],
    async collect() {
      const { uploads, contents, snapshots, database } = await disk.use()
      for (const [part, size] of Object.entries({ uploads, contents, snapshots, database })) used.set({ part }, size)
    },
  })
}
