/** The pins of a case, in the left list. */
import type { Pin } from '@heaptrail/api/pins'
import { CloseButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { printPlace } from '@heaptrail/api/place'
import { unpin } from '../server/pins.ts'
import { PlaceLink } from '../url/navigation.tsx'
import { parsePrinted } from '../url/place-url.ts'
import { useSay } from '../widgets/notice.tsx'
import { errorSentence } from '../widgets/states.tsx'
import styles from './pinned-list.module.css'

interface PinnedListProps {
  readonly caseId: string
  readonly pins: readonly Pin[]
  readonly place: Place | NoPlace
}

export function PinnedList({ caseId, pins, place }: PinnedListProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const say = useSay()
  const removing = useMutation({
    mutationFn: (pinId: string) => unpin(queryClient, caseId, pinId),
    onError: (error) => say(errorSentence(t, error)),
  })
  const here = place.kind === 'no-place' ? '' : printPlace(place)
  return (
    <ul className={styles['list']}>
      {pins.map((pin) => {
        const to = parsePrinted(pin.place)
        if (to.kind === 'no-place') return undefined
        return (
          <li key={pin.id} className={styles['pin']}>
            <PlaceLink to={to} title={pin.title} aria-current={pin.place === here ? 'page' : undefined}>
              {pin.title}
            </PlaceLink>
            <CloseButton
              size="xs"
              aria-label={t('pins.remove', { title: pin.title })}
              title={t('pins.remove', { title: pin.title })}
              onClick={() => removing.mutate(pin.id)}
            />
          </li>
        )
      })}
    </ul>
  )
}
