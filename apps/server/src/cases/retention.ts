/**
 * Cases that nobody opens are deleted after the days that a setting says. A case whose days are over is marked
 * first and goes a day later, so that everybody sees what will be deleted, also when the setting is new.
 */
import type { Kysely } from 'kysely'
import type { CaseRow, Tables } from '../db/schema.ts'
import type { Artifacts } from './artifacts.ts'
import type { Changes } from './changes.ts'

const DAY_MS = 24 * 3600 * 1000

export interface RetentionNeeds {
  readonly db: Kysely<Tables>
  readonly artifacts: Pick<Artifacts, 'removeCase'>
  readonly changes: Changes
  /** Undefined: cases stay. */
  readonly retentionDays: number | undefined
  readonly now?: () => number
}

export interface Retention {
  /** Deletes what was marked a day ago, and marks what is over. @returns how many are marked and when the first of them goes */
  enforce(): Promise<{ readonly marked: number; readonly first: string | undefined; readonly deleted: number }>
}

/** @returns undefined when the case stays */
export function deletionOf(
  { last_opened_at, delete_at }: Pick<CaseRow, 'last_opened_at' | 'delete_at'>,
  retentionDays: number | undefined,
  now = Date.now(),
): string | undefined {
  if (retentionDays === undefined) return undefined
  const over = Date.parse(last_opened_at) + retentionDays * DAY_MS
  return delete_at ?? new Date(Math.max(over, now) + DAY_MS).toISOString()
}

export function createRetention({ db, artifacts, changes, retentionDays, now = Date.now }: RetentionNeeds): Retention {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  return {
    async enforce() {
      if (retentionDays === undefined) {
        await db.updateTable('cases').set({ delete_at: null }).where('delete_at', 'is not', null).execute()
        return { marked: 0, first: undefined, deleted: 0 }
      }
      const over = await db.selectFrom('cases').select('id').where('delete_at', '<=', at(now())).execute()
      for (const { id } of over) await artifacts.removeCase(id)
      const fresh = await db
        .updateTable('cases')
        .set({ delete_at: at(now() + DAY_MS) })
        .where('delete_at', 'is', null)
        .where('last_opened_at', '<', at(now() - retentionDays * DAY_MS))
        .returning('id')
        .execute()
      for (const { id } of fresh) changes.changed(id)
      const marked = await db
        .selectFrom('cases')
        .select('delete_at')
        .where('delete_at', 'is not', null)
        .orderBy('delete_at')
        .execute()
      return { marked: marked.length, first: marked[0]?.delete_at ?? undefined, deleted: over.length }
    },
  }
}
