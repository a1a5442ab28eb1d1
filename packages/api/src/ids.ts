/** Identifiers as they stand in URLs and messages. */
import { z } from 'zod'

/** The address of an object in its dump: `0x` and lower-case hex without leading zeros. Never a row number. */
export const ObjectId = z
  .string()
  .regex(/^0x(0|[1-9a-f][0-9a-f]{0,15})$/, 'an object id is 0x followed by 1 to 16 hex digits')
  .describe('The address of an object in its dump: 0x and lower-case hex without leading zeros.')
export type ObjectId = z.infer<typeof ObjectId>

/** Unguessable: 128 random bits or more, base64url. */
export const EntityId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,40}$/, 'an id is 16 to 40 letters, digits, - or _')
  .describe('An unguessable id, as the list of its kind gives it.')
export type EntityId = z.infer<typeof EntityId>
