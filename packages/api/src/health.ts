/** What the page must know of the server that it talks to. */
import { z } from 'zod'

export const Health = z.object({
  status: z.literal('ok'),
  /** Uploads, analyses and questions work; else why not. */
  ready: z.boolean(),
  reasons: z.array(z.string()),
  /** Told only to those who are let in. */
  version: z.string().nullable(),
  /** `open`: no key is needed; `granted` or `needed`: it is, and this request brought it or did not. */
  access: z.enum(['open', 'granted', 'needed']),
  /** The address to put in front of links, without a slash at its end, when one is configured. */
  publicUrl: z.string().nullable(),
  /** The server listens on this machine only: links cannot be opened by others. */
  localOnly: z.boolean(),
})
export type Health = z.infer<typeof Health>
