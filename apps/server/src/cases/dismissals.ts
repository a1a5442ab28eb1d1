/** Findings that somebody thinks are none, with the reason. */
import { Dismissal, MAX_DISMISSALS, type NewDismissal } from '@heaptrail/api/dismissals'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/schema.ts'
import { ApiError } from '../errors.ts'
import { idOfContent } from '../ids.ts'

export class DismissalStore {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** The oldest first. */
  async of(caseId: string): Promise<Dismissal[]> {
    const rows = await this.#db
      .selectFrom('dismissals')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(({ id, artifact_id, part, finding, about, reason, created_at }) =>
      Dismissal.parse({ id, artifactId: artifact_id, part, finding, about, reason, createdAt: created_at }),
    )
  }

  /** Dismissing a finding again gives it the new reason. @throws ApiError when the case has no such evidence */
  async dismiss(caseId: string, { artifactId, part, finding, about, reason }: NewDismissal): Promise<void> {
    const evidence = await this.#db
      .selectFrom('artifacts')
      .select('id')
      .where('id', '=', artifactId)
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    if (evidence === undefined) throw new ApiError('artifact-not-found', 'This case has no evidence with this id.')
    const { length } = await this.of(caseId)
    if (length >= MAX_DISMISSALS)
      throw new ApiError('bad-request', `A case keeps at most ${MAX_DISMISSALS} dismissed findings.`)
    const id = idOfContent(`${artifactId} ${part} ${finding} ${about ?? ''}`).slice(0, 22)
    const created_at = new Date().toISOString()
    await this.#db
      .insertInto('dismissals')
      .values({ id, case_id: caseId, artifact_id: artifactId, part, finding, about, reason, created_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ reason }))
      .execute()
  }

  /** @returns false when it was not dismissed */
  async takeBack(caseId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('dismissals')
      .where('case_id', '=', caseId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }
}
