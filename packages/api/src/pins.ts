/** Pins of a case: places that somebody wants to find again, for everybody who opens the case. */
import { z } from 'zod'
import { EntityId } from './ids.ts'
import { StoredView } from './views.ts'

export const MAX_PINS = 100

const PinTitle = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^\P{Cc}*$/u, 'a title is one line, without control characters')
  .describe('What is pinned, in words: an object by its class and id.')

export const NewPin = z.object({
  place: StoredView.shape.place.describe('Path and query of a view of this case, as its link has it.'),
  title: PinTitle,
})
export type NewPin = z.infer<typeof NewPin>

export const Pin = NewPin.extend({ id: EntityId, createdAt: z.iso.datetime() })
export type Pin = z.infer<typeof Pin>
