/** Giving the access key of a server that others can reach. */
import { z } from 'zod'

export const SignIn = z.object({ key: z.string().min(1).max(512) })
export type SignIn = z.infer<typeof SignIn>
