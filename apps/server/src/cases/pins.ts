/** What somebody wants to find again in a case: its views and objects, kept for everybody who opens it. */
import { parseHeapRef } from '@heaptrail/api/heap-ref'
import { MAX_PINS, type NewPin, type Pin } from '@heaptrail/api/pins'
import { type Place, parsePlace, printPlace } from '@heaptrail/api/place'
import type { Kysely } from 'kysely'
import type { PinRow, Tables } from '../db/schema.ts'
import { ApiError, caseNotFound } from '../errors.ts'
import { idOfContent } from '../ids.ts'

export class PinStore {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** Pinning a place again gives it the new title. @throws ApiError for a place that is none of this case */
  async pin(caseId: string, { place: link, title }: NewPin): Promise<Pin> {
    const place = placeOf(link, caseId)
    await this.#expectRoom(caseId)
    const row = {
      // Equal places of a case have equal ids. An id is at most 40 characters long.
      id: idOfContent(`${caseId} ${printPlace(place)}`).slice(0, 22),
      case_id: caseId,
      artifact_id: await this.#artifactOf(place, caseId),
      place: printPlace(place),
      title,
      created_at: new Date().toISOString(),
    }
    const kept = await this.#db
      .insertInto('pins')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ title }))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toPin(kept)
  }

  /** @returns false when there is no such pin */
  async unpin(caseId: string, pinId: string): Promise<boolean> {
    const result = await this.#db
      .deleteFrom('pins')
      .where('case_id', '=', caseId)
      .where('id', '=', pinId)
      .executeTakeFirst()
    return result.numDeletedRows > 0n
  }

  async #expectRoom(caseId: string): Promise<void> {
    const found = await this.#db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst()
    if (found === undefined) throw caseNotFound()
    const { count } = await this.#db
      .selectFrom('pins')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MAX_PINS) {
      throw new ApiError('bad-request', `A case holds at most ${MAX_PINS} pins. Take one away to make room.`)
    }
  }

  async #artifactOf(place: Place, caseId: string): Promise<string | null> {
    if (!('artifactId' in place)) return null
    const { artifactId } = parseHeapRef(place.artifactId)
    const row = await this.#db
      .selectFrom('artifacts')
      .select('id')
      .where('id', '=', artifactId)
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    if (row === undefined) throw new ApiError('artifact-not-found', 'This case has no artifact with this id.')
    return row.id
  }
}

export function toPin({ id, place, title, created_at }: PinRow): Pin {
  return { id, place, title, createdAt: created_at }
}

function placeOf(link: string, caseId: string): Place {
  const [path = '', search = ''] = link.split('?')
  const place = parsePlace(path, search)
  if (place.kind === 'no-place' || !('caseId' in place) || place.caseId !== caseId) {
    throw new ApiError('bad-request', 'Only views of this case can be pinned in it.')
  }
  return place
}
