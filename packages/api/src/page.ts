/** Lists: every list takes a window and says how many rows there are in all. */
import { z } from 'zod'

export const MAX_PAGE = 1000

export const Window = z.object({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(0)
    .describe('Rows before the window.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100).describe('Rows of the window, at most.'),
})
export type Window = z.infer<typeof Window>

export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ total: z.number().int().min(0), offset: z.number().int().min(0), rows: z.array(row) })
}
export interface Page<Row> {
  total: number
  offset: number
  rows: Row[]
}

export const Order = z.enum(['asc', 'desc'])
export type Order = z.infer<typeof Order>
