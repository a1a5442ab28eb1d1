/** What the rest of the server knows of its database, whichever it is. */
import type { Kysely } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import type { Tables } from './schema.ts'

export interface Database {
  /** For queries. */
  readonly db: Kysely<Tables>
  /** For the job queue, which speaks SQL of its own. */
  readonly queue: Pick<ConstructorOptions, 'db' | 'backend' | 'connectionString'>
  /** It lives in the data directory, which then also keeps its backups. */
  readonly isEmbedded: boolean
  close(): Promise<void>
}
