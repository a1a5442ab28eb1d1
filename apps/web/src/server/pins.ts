/** Pins of a case: what somebody wants to find again, listed for everybody who opens it. */
import { Pin } from '@heaptrail/api/pins'
import { printPlace, type Place } from '@heaptrail/api/place'
import { fillRoute } from '@heaptrail/api/routes'
import type { QueryClient } from '@tanstack/react-query'
import { caseQuery } from './cases.ts'
import { command, request } from './request.ts'

/** A place that can be pinned. */
export type PinnablePlace = Extract<Place, { caseId: string }>

export async function pin(queryClient: QueryClient, place: PinnablePlace, title: string): Promise<void> {
  const body = { place: printPlace(place), title: title.slice(0, 300) }
  const made = await request(Pin, fillRoute('pins', { caseId: place.caseId }), { method: 'POST', body })
  changePins(queryClient, place.caseId, (pins) => [...pins.filter(({ id }) => id !== made.id), made])
}

/** Gone from the list at once; it comes back when the server could not take it away. */
export async function unpin(queryClient: QueryClient, caseId: string, pinId: string): Promise<void> {
  changePins(queryClient, caseId, (pins) => pins.filter(({ id }) => id !== pinId))
  try {
    await command(fillRoute('pin', { caseId, pinId }), { method: 'DELETE' })
  } catch (error) {
    await queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey, exact: true })
    throw error
  }
}

/** The event of the server brings the same to every page; this one need not wait for it. */
function changePins(queryClient: QueryClient, caseId: string, change: (pins: Pin[]) => Pin[]): void {
  queryClient.setQueryData(caseQuery(caseId).queryKey, (found) =>
    found === undefined ? found : { ...found, pins: change(found.pins) },
  )
}
