/** Views whose state is too long for a URL are stored on the server and linked by the hash of their content. */
import { z } from 'zod'

export const StoredView = z.object({
  /** Path and query of the place, as `printPlace` writes it. */
  place: z
    .string()
    .max(200_000)
    .regex(/^\/(?![/\\])\P{Cc}*$/u, 'a place begins with one / and has no control characters'),
})
export type StoredView = z.infer<typeof StoredView>
export const ViewId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22,43}$/)
  .describe('The hash of a stored place.')
export const StoredViewId = z.object({ viewId: ViewId })
export type StoredViewId = z.infer<typeof StoredViewId>
