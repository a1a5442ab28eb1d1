/** Files that lie on the server's machine already, and are read in place. */
import { z } from 'zod'
import { EntityId } from './ids.ts'
import { pageOf } from './page.ts'

export const OpenFile = z.object({
  /** Of the import folder, relative to it; absolute only with the secret of the data directory. */
  path: z.string().min(1).max(4096),
  /** Absent: a new case. */
  caseId: EntityId.optional(),
})
export type OpenFile = z.infer<typeof OpenFile>

export const OpenedFile = z.object({ caseId: EntityId })
export type OpenedFile = z.infer<typeof OpenedFile>

/** Files of the import folder; none when the operator allows none. */
export const ImportableFiles = pageOf(z.object({ path: z.string(), size: z.number().int().min(0) }))
export type ImportableFiles = z.infer<typeof ImportableFiles>
