/** Several selected classes: their sums, and what can be asked of all of them together. */
import { Button } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HistogramRow } from '@heaptrail/api/heap'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { classQuery } from '../../server/heap.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import type { Positioned } from '../../widgets/paged-rows.ts'
import { mergedPathsPlace, retainedSetPlace, selectionDominatorsPlace } from '../../widgets/selection-places.ts'
import { ExactRetained } from './exact-retained.tsx'
import { allSelected } from './several.ts'
import styles from './histogram.module.css'

interface SelectedClassesProps {
  readonly place: PlaceOf<'histogram'>
  /** Rows whose figures are known already. */
  readonly loaded: readonly Positioned<HistogramRow>[]
}

export function SelectedClasses({ place, loaded }: SelectedClassesProps) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { caseId, artifactId } = place
  const classes = allSelected(place)
  const sums = useSums(artifactId, classes, loaded)
  const of = { caseId, artifactId, objects: [], classes }
  return (
    <div className={styles['several']} role="group" aria-label={t('histogram.several.label')}>
      <span aria-live="polite" title={sums && formatExactBytes(sums.shallow)}>
        {t('histogram.several.classes', { count: classes.length, formatted: formatCount(classes.length) })}
        {sums &&
          ` · ${t('histogram.several.sums', {
            count: sums.objects,
            formatted: formatCount(sums.objects),
            shallow: formatBytes(sums.shallow),
          })}`}
      </span>
      <span className={styles['retained']}>
        {t('histogram.several.retained')}
        <ExactRetained key={classes.join()} artifactId={artifactId} classes={classes} />
      </span>
      <PlaceLink to={retainedSetPlace(of)}>{t('view.retained-set')}</PlaceLink>
      <PlaceLink to={mergedPathsPlace(of)}>{t('view.merged-paths')}</PlaceLink>
      <PlaceLink to={selectionDominatorsPlace(of)}>{t('view.immediate-dominators')}</PlaceLink>
      <Button size="compact-xs" variant="default" onClick={() => replace({ ...place, selected: undefined, also: [] })}>
        {t('histogram.several.clear')}
      </Button>
    </div>
  )
}

interface Sums {
  readonly objects: number
  readonly shallow: number
}

/** Undefined while figures of a class are on their way: a link may select rows that are far down. */
function useSums(
  artifactId: string,
  classes: readonly string[],
  loaded: readonly Positioned<HistogramRow>[],
): Sums | undefined {
  const known = new Map(loaded.map(({ row }) => [row.classId, row]))
  const unknown = classes.filter((classId) => !known.has(classId))
  const asked = useQueries({ queries: unknown.map((classId) => classQuery(artifactId, classId)) })
  let [objects, shallow] = [0, 0]
  for (const figures of [...classes.flatMap((classId) => known.get(classId) ?? []), ...asked.map(({ data }) => data)]) {
    if (figures === undefined) return undefined
    objects += figures.objects
    shallow += figures.shallow
  }
  return { objects, shallow }
}
