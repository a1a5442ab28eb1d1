/**
 * What can be done with an object, wherever it is shown: the object menu, the buttons of the Inspector and the
 * palette all offer these. A further action is one entry here.
 */
import type { Place } from '@heaptrail/api/place'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { objectSentence } from '../format/object-text.ts'
import { objectQuery } from '../server/heap.ts'
import { useNavigation } from '../url/navigation.tsx'
import { copyText, useCopyLink } from './copy-link.tsx'
import { useSay } from './notice.tsx'
import { usePinning } from './pinning.ts'
import { dominatorsPlace, objectPlace, pathsPlace } from './object-places.ts'
import { retainedSetPlace } from './selection-places.ts'

/** An object of one dump. */
export interface ObjectRef {
  readonly caseId: string
  readonly artifactId: string
  readonly objectId: string
}

export interface ObjectAction {
  readonly id: 'open' | 'dominators' | 'paths' | 'incoming' | 'retained' | 'pin' | 'copyId' | 'copyLink'
  readonly label: string
  readonly run: () => void
  /** Leads to another view; the others leave the reader where he is. */
  readonly leads: boolean
}

export function useObjectActions(object: ObjectRef): readonly ObjectAction[] {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const say = useSay()
  const { copyLink } = useCopyLink()
  const queryClient = useQueryClient()
  const nameOf = async () =>
    objectSentence(await queryClient.ensureQueryData(objectQuery(object.artifactId, object.objectId)))
  const pinning = usePinning(objectPlace(object), nameOf)
  const leading = (id: ObjectAction['id'], label: string, place: Place): ObjectAction => ({
    id,
    label,
    run: () => open(place),
    leads: true,
  })
  const copyId = () =>
    copyText(object.objectId).then(
      () => say(t('copy.copied')),
      () => say(t('copy.failed')),
    )
  return [
    leading('open', t('object.open'), objectPlace(object)),
    leading('dominators', t('object.showInDominators'), dominatorsPlace(object)),
    leading('paths', t('object.paths'), pathsPlace(object)),
    leading('incoming', t('object.incoming'), objectPlace(object, 'incoming')),
    leading(
      'retained',
      t('object.retainedSet'),
      retainedSetPlace({ ...object, objects: [object.objectId], classes: [] }),
    ),
    { id: 'pin', label: t(pinning.isPinned ? 'pins.unpin' : 'pins.pin'), run: pinning.toggle, leads: false },
    { id: 'copyId', label: t('object.copyId'), run: () => void copyId(), leads: false },
    { id: 'copyLink', label: t('object.copyLink'), run: () => copyLink(objectPlace(object)), leads: false },
  ]
}
