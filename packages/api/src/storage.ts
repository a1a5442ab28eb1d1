/** What the server's disk holds. */
import { z } from 'zod'

const Bytes = z.number().int().min(0)

export const Storage = z.object({
  /** Bytes that are free on the disk, of those that it has. */
  free: Bytes,
  size: Bytes,
  /** Bytes that Heaptrail takes, and for what. */
  used: Bytes,
  uploads: Bytes,
  contents: Bytes,
  snapshots: Bytes,
  database: Bytes,
  /** Bytes that uploads, contents and snapshots may take together, when that is limited. */
  quota: Bytes.nullable(),
  /** Days after which a case that nobody opened is deleted; null: never. */
  retentionDays: z.number().int().min(1).nullable(),
})
export type Storage = z.infer<typeof Storage>
