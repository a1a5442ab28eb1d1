/** One object: what it is, what it holds, what it refers to and what refers to it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import type { ObjectTab } from '@heaptrail/api/place-object'
import { objectQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectActions } from '../../widgets/object-actions.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { FieldsTab } from './fields-tab.tsx'
import { ObjectFacts } from './object-facts.tsx'
import { ReferencesTab } from './references-tab.tsx'
import { ThreadStack } from './thread-stack.tsx'
import styles from './object-view.module.css'

const TABS: readonly ObjectTab[] = ['fields', 'outgoing', 'incoming']

export function ObjectView({ place }: { place: PlaceOf<'object'> }) {
  const { data, error, refetch } = useQuery(objectQuery(place.artifactId, place.objectId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return <Shown place={place} object={data} />
}

function Shown({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  return (
    <>
      <ViewHead title={<ObjectLabel object={object} />}>
        <ObjectActions object={place} here="object" />
      </ViewHead>
      <ObjectFacts place={place} object={object} />
      {object.text !== null && (
        // Long texts scroll, so the keyboard must reach them.
        <section aria-label={t('object.text')} tabIndex={0} className={styles['text']}>
          {object.text}
        </section>
      )}
      {object.stack !== null && object.stack.length > 0 && <ThreadStack place={place} stack={object.stack} />}
      {object.contentsMissing !== null && (
        <p className={styles['missing']} role="note">
          {object.contentsMissing}
        </p>
      )}
      <Tabs
        label={t('object.tabs')}
        names={TABS}
        current={place.tab}
        title={(tab) => (tab === 'fields' ? fieldsTitle(object) : t(`object.tab.${tab}`))}
        onChange={(tab) => replace({ ...place, tab, selected: undefined })}
      />
      {place.tab === 'fields' ? (
        <FieldsTab place={place} object={object} />
      ) : (
        <ReferencesTab key={place.tab} place={place} direction={place.tab} />
      )}
    </>
  )

  function fieldsTitle({ kind }: ObjectDetail): string {
    if (kind === 'class') return t('object.tab.statics')
    return kind === 'instance' ? t('object.tab.fields') : t('object.tab.elements')
  }
}
