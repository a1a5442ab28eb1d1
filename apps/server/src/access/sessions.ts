/**
 * Who has given the access key. A session is an unguessable id in a signed cookie; the table knows only
 * the id's hash, so that neither a backup nor a look into the database lets anybody in. The signature
 * depends on the access key: with another key all sessions end.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/schema.ts'

export const SESSION_MS = 7 * 24 * 3600 * 1000

export interface Sessions {
  /** @returns the value of the cookie */
  begin(): Promise<string>
  /** The session that a cookie stands for; undefined when it is forged, over or revoked. */
  find(cookie: string): string | undefined
  isAlive(sessionId: string): boolean
  end(sessionId: string): Promise<void>
  /** Everybody has to give the key again. */
  endAll(): Promise<void>
}

/** @param secret of this data directory; the signature also depends on the access key */
export async function openSessions(db: Kysely<Tables>, secret: string, accessKey: string): Promise<Sessions> {
  const signingKey = createHmac('sha256', secret).update(accessKey).digest()
  const sign = (id: string) => createHmac('sha256', signingKey).update(id).digest('base64url')
  await db.deleteFrom('sessions').where('expires_at', '<', new Date().toISOString()).execute()
  const rows = await db.selectFrom('sessions').select(['id', 'expires_at']).execute()
  /** By the hash of the id: when it ends, in milliseconds since 1970. Asked on every request, so it is no query. */
  const expiry = new Map(rows.map(({ id, expires_at }) => [id, Date.parse(expires_at)]))
  const isAlive = (sessionId: string) => (expiry.get(sessionId) ?? 0) > Date.now()

  return {
    async begin() {
      const id = randomBytes(32).toString('base64url')
      const hash = hashOf(id)
      const expires = Date.now() + SESSION_MS
      await db
        .insertInto('sessions')
        .values({ id: hash, created_at: new Date().toISOString(), expires_at: new Date(expires).toISOString() })
        .execute()
      expiry.set(hash, expires)
      return `${id}.${sign(id)}`
    },
    find(cookie) {
      const [id, signature, ...rest] = cookie.split('.')
      if (id === undefined || signature === undefined || rest.length > 0) return undefined
      if (!equalTexts(signature, sign(id))) return undefined
      const hash = hashOf(id)
      return isAlive(hash) ? hash : undefined
    },
    isAlive,
    async end(sessionId) {
      expiry.delete(sessionId)
      await db.deleteFrom('sessions').where('id', '=', sessionId).execute()
    },
    async endAll() {
      expiry.clear()
      await db.deleteFrom('sessions').execute()
    },
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** In a time that tells nothing of where they differ, nor of their lengths. */
export function equalTexts(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
