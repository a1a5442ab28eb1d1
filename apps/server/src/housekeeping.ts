/** What is done every hour, and said about it. */
import type { FastifyBaseLogger } from 'fastify'
import type { Retention } from './cases/retention.ts'
import type { Uploads } from './uploads/uploads.ts'

const HOUR_MS = 3_600_000

export interface Housekeeping {
  /** Once before requests come in. @returns sentences for whoever starts the server */
  begin(): Promise<string[]>
  stop(): void
}

interface HousekeepingNeeds {
  readonly uploads: Pick<Uploads, 'removeStale'>
  readonly retention: Retention
  /** Keeps a copy of all tables. */
  readonly backup: () => Promise<void>
  readonly retentionDays: number | undefined
  readonly log: FastifyBaseLogger
}

export function createHousekeeping({
  uploads,
  retention,
  retentionDays,
  backup,
  log,
}: HousekeepingNeeds): Housekeeping {
  let timer: NodeJS.Timeout | undefined

  async function work(): Promise<string[]> {
    await uploads.removeStale()
    const { marked, first, deleted } = await retention.enforce()
    await backup()
    const sentences: string[] = []
    if (retentionDays !== undefined) sentences.push(retentionSentence(retentionDays, marked, first))
    if (deleted > 0) sentences.push(`Deleted ${deleted} cases that nobody had opened for ${retentionDays} days.`)
    return sentences
  }

  return {
    begin() {
      timer = setInterval(() => {
        work().then(
          (sentences) => sentences.forEach((sentence) => log.info(sentence)),
          (error: unknown) => log.error({ err: error }, 'the housekeeping of this hour failed'),
        )
      }, HOUR_MS)
      return work()
    },
    stop: () => clearInterval(timer),
  }
}

function retentionSentence(days: number, marked: number, first: string | undefined): string {
  const rule = `Cases that nobody opens for ${days} days are deleted (HEAPTRAIL_RETENTION_DAYS), a day after the list of cases says so.`
  if (first === undefined) return `${rule} None is marked now.`
  return `${rule} Marked now: ${marked}; the first goes at ${first} unless somebody opens it before.`
}
