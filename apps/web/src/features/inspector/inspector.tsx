/** What is selected, wherever it is selected. */
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { isHeapPlace, type PlaceOf } from '../../url/place-of.ts'
import { InspectedClass } from './inspected-class.tsx'
import { InspectedObject } from './inspected-object.tsx'
import { InspectedRow } from './inspected-row.tsx'
import styles from './inspector.module.css'

export function Inspector({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  if (place.kind === 'gc' && place.row !== undefined) return <InspectedRow log={place} row={place.row} />
  if (isClassTable(place)) {
    if (place.selected !== undefined) return <InspectedClass caseId={place.caseId} name={place.selected} />
    return <p className={styles['hint']}>{t('inspector.hintClass')}</p>
  }
  if (isHeapPlace(place) && 'selected' in place && place.selected !== undefined) {
    return <InspectedObject key={place.selected} place={place} objectId={place.selected} />
  }
  return <p className={styles['hint']}>{t(place.kind === 'gc' ? 'inspector.hintRow' : 'inspector.hint')}</p>
}

function isClassTable(
  place: Place | NoPlace,
): place is PlaceOf<'class-histogram'> | PlaceOf<'class-growth'> | PlaceOf<'beside-dump'> {
  return ['class-histogram', 'class-growth', 'beside-dump'].includes(place.kind)
}
