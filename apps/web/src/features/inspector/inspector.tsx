/** What is selected, wherever it is selected. */
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { InspectedObject } from './inspected-object.tsx'
import { InspectedRow } from './inspected-row.tsx'
import styles from './inspector.module.css'

export function Inspector({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  if (place.kind === 'gc' && place.row !== undefined)
    return <InspectedRow artifactId={place.artifactId} row={place.row} />
  if ('selected' in place && place.selected !== undefined) {
    return <InspectedObject key={place.selected} place={place} objectId={place.selected} />
  }
  return <p className={styles['hint']}>{t(place.kind === 'gc' ? 'inspector.hintRow' : 'inspector.hint')}</p>
}
