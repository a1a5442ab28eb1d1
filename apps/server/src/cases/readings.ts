/** What people say about texts: when a log started, how far apart its rows are, how large the heap may grow. */
import { Reading } from '@heaptrail/api/text-parts'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/schema.ts'

export class ReadingStore {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** By artifact, the parts in order. */
  async of(artifactIds: readonly string[]): Promise<Map<string, Reading[]>> {
    if (artifactIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('readings')
      .selectAll()
      .where('artifact_id', 'in', artifactIds)
      .orderBy('part')
      .execute()
    const readings = rows.map(({ artifact_id, reading }) => ({ artifact_id, reading: Reading.parse(reading) }))
    return new Map(
      [...Map.groupBy(readings, ({ artifact_id }) => artifact_id)].map(([id, said]) => [
        id,
        said.map(({ reading }) => reading),
      ]),
    )
  }

  /** Replaces what was said of the part; a reading that says nothing is dropped. */
  async say(artifactId: string, reading: Reading): Promise<void> {
    const { part, ...words } = reading
    if (Object.values(words).every((word) => word === null)) {
      await this.#db.deleteFrom('readings').where('artifact_id', '=', artifactId).where('part', '=', part).execute()
      return
    }
    const text = JSON.stringify(reading)
    await this.#db
      .insertInto('readings')
      .values({ artifact_id: artifactId, part, reading: text })
      .onConflict((conflict) => conflict.columns(['artifact_id', 'part']).doUpdateSet({ reading: text }))
      .execute()
  }
}
