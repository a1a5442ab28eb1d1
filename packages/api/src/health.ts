/** What the page must know of the server that it talks to. */
import { z } from 'zod'

export const Health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  /** The address to put in front of links, without a slash at its end, when one is configured. */
  publicUrl: z.string().nullable(),
  /** The server listens on this machine only: links cannot be opened by others. */
  localOnly: z.boolean(),
})
export type Health = z.infer<typeof Health>
