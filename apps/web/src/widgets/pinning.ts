/** Whether a place is pinned in its case, and how to change that. */
import { printPlace, type NoPlace, type Place } from '@heaptrail/api/place'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { caseQuery } from '../server/cases.ts'
import { pin, unpin, type PinnablePlace } from '../server/pins.ts'
import { useSay } from './notice.tsx'
import { errorSentence } from './states.tsx'

export interface Pinning {
  readonly isPinned: boolean
  /** Pins or unpins, and says so. */
  readonly toggle: () => void
}

/** @param titleOf what the pin is called, asked when it is made */
export function usePinning(place: Place | NoPlace, titleOf: () => string | Promise<string>): Pinning {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const say = useSay()
  const pinnable = isPinnable(place) ? place : undefined
  const caseId = pinnable?.caseId ?? ''
  const { data } = useQuery({ ...caseQuery(caseId), enabled: caseId !== '' })
  const printed = pinnable === undefined ? '' : printPlace(pinnable)
  const found = data?.pins.find((candidate) => candidate.place === printed)
  async function change() {
    if (pinnable === undefined) return
    try {
      if (found === undefined) await pin(queryClient, pinnable, await titleOf())
      else await unpin(queryClient, caseId, found.id)
      say(t(found === undefined ? 'pins.pinned' : 'pins.unpinned'))
    } catch (error) {
      say(errorSentence(t, error instanceof Error ? error : new Error(String(error))))
    }
  }
  return { isPinned: found !== undefined, toggle: () => void change() }
}

export function isPinnable(place: Place | NoPlace): place is PinnablePlace {
  return place.kind !== 'no-place' && place.kind !== 'home'
}
