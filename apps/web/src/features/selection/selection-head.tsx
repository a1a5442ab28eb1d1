/** What is selected, and the three things that can be asked about it. */
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SelectionPlace } from '@heaptrail/api/place-selection'
import { formatCount } from '../../format/count.ts'
import { objectQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { mergedPathsPlace, retainedSetPlace, selectionDominatorsPlace } from '../../widgets/selection-places.ts'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import styles from './selection.module.css'

const PLACES = {
  'merged-paths': mergedPathsPlace,
  'retained-set': retainedSetPlace,
  'immediate-dominators': selectionDominatorsPlace,
} as const
const KINDS = ['merged-paths', 'retained-set', 'immediate-dominators'] as const

export function SelectionHead({ place, children }: { place: SelectionPlace; children?: ReactNode }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  return (
    <>
      <ViewHead
        title={
          <>
            {t(`selection.${place.kind}.title`)}&nbsp;
            <Selected place={place} />
          </>
        }
      >
        {children}
      </ViewHead>
      <Tabs
        label={t('selection.questions')}
        names={KINDS}
        current={place.kind}
        title={(kind) => t(`view.${kind}`)}
        onChange={(kind) => open(PLACES[kind](place))}
      />
    </>
  )
}

const MOST_NAMED = 3

function Selected({ place: { artifactId, objects, classes } }: { place: SelectionPlace }) {
  const { t } = useTranslation()
  const ids = [...classes, ...objects]
  const named = useQueries({ queries: ids.slice(0, MOST_NAMED).map((id) => objectQuery(artifactId, id)) })
  const more = ids.length - MOST_NAMED
  return (
    <span className={styles['selected']}>
      {named.map(({ data }, place) => {
        if (data === undefined) return undefined
        const isClass = place < classes.length && data.label.kind === 'class'
        return (
          <span key={data.id}>
            {isClass ? (
              <AllOf name={data.label.kind === 'class' ? data.label.name : ''} />
            ) : (
              <ObjectLabel object={data} />
            )}
          </span>
        )
      })}
      {more > 0 && <span>{t('selection.more', { count: more, formatted: formatCount(more) })}</span>}
    </span>
  )
}

function AllOf({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <>
      {t('selection.allOf')} <ClassName name={name} />
    </>
  )
}
