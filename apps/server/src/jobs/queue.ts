/** pg-boss over the database: which artifact is analysed next, and when. */
import type { FastifyBaseLogger } from 'fastify'
import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Database } from '../db/database.ts'

export type QueueName = 'analyse-heap' | 'read-text'
const QUEUES: readonly QueueName[] = ['analyse-heap', 'read-text']
const Payload = z.object({ artifactId: z.string() })

export interface Queue {
  send(queue: QueueName, artifactId: string): Promise<void>
  /** Calls `work` for every artifact sent, `atOnce` of them at the same time. `work` must not throw. */
  work(queue: QueueName, atOnce: number, work: (artifactId: string) => Promise<void>): Promise<void>
  /** Takes no more work; does not wait for the work at hand. */
  stop(): Promise<void>
}

/**
 * Starts with empty queues: jobs follow from the artifacts that wait, which the caller sends again. This
 * process is the only worker, so a job that was active belongs to a dead one.
 */
export async function startQueue(database: Database['queue'], log: FastifyBaseLogger): Promise<Queue> {
  const boss = new PgBoss({
    ...database,
    useListenNotify: true,
    registerInstance: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  for (const name of QUEUES) {
    // A large dump takes longer than the default of 15 minutes; retries are the user's, with a button.
    await boss.createQueue(name, { notify: true, retryLimit: 0, expireInSeconds: 23 * 3600, deleteAfterSeconds: 3600 })
    await boss.deleteAllJobs(name)
  }
  return {
    async send(queue, artifactId) {
      await boss.send(queue, { artifactId })
    },
    async work(queue, atOnce, work) {
      const options = {
        batchSize: 1,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 2,
      }
      for (let started = 0; started < atOnce; started++) {
        const worker = { id: '' }
        worker.id = await boss.work<unknown>(queue, options, async (jobs) => {
          for (const { data } of jobs) await work(Payload.parse(data).artifactId)
          // Whoever had a job looks for the next one at once, not at the next poll.
          boss.notifyWorker(worker.id)
        })
      }
    },
    // Connections of its own are closed too, ours are not.
    stop: () => boss.stop({ graceful: false, close: database.db === undefined }),
  }
}
