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
import { objectPlace } from '../../widgets/object-places.ts'
import { ContentsTab } from './contents-tab.tsx'
import { FieldsTab } from './fields-tab.tsx'
import { HexTab } from './hex-tab.tsx'
import { ObjectFacts } from './object-facts.tsx'
import { ReferencesTab } from './references-tab.tsx'
import { RetainedTab } from './retained-tab.tsx'
import { SafeText } from './safe-text.tsx'
import { TextTab } from './text-tab.tsx'
import { ThreadStack } from './thread-stack.tsx'
import styles from './object-view.module.css'

/** Of a text that has a tab of its own; the rest is there. */
const TEXT_SHOWN = 2000

/** The tabs that say something about this object. */
function tabsOf({ kind, className, label, contentsMissing }: ObjectDetail): readonly ObjectTab[] {
  const hasContents = contentsMissing === null
  const isPrimitive = kind === 'primitive-array' && hasContents
  const hasText = label.kind === 'string' || (isPrimitive && ['byte[]', 'char[]'].includes(className))
  return [
    'fields',
    ...(label.kind === 'collection' && hasContents ? (['contents'] as const) : []),
    ...(hasText ? (['text'] as const) : []),
    ...(isPrimitive ? (['hex'] as const) : []),
    'outgoing',
    'incoming',
    'retained',
  ]
}

export function ObjectView({ place }: { place: PlaceOf<'object'> }) {
  const { data, error, refetch } = useQuery(objectQuery(place.artifactId, place.objectId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return <Shown place={place} object={data} />
}

function Shown({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const tabs = tabsOf(object)
  const tab = tabs.includes(place.tab) ? place.tab : 'fields'
  return (
    <>
      <ViewHead title={<ObjectLabel object={object} />}>
        <ObjectActions object={place} here="object" />
      </ViewHead>
      <ObjectFacts place={place} object={object} />
      {object.text !== null && tab !== 'text' && (
        // Long texts scroll, so the keyboard must reach them.
        <section aria-label={t('object.text')} tabIndex={0} className={styles['text']}>
          <SafeText text={object.text.slice(0, TEXT_SHOWN)} />
          {object.text.length > TEXT_SHOWN && '…'}
        </section>
      )}
      {object.stackFrames !== null && <ThreadStack place={place} />}
      {object.contentsMissing !== null && (
        <p className={styles['missing']} role="note">
          {object.contentsMissing}
        </p>
      )}
      <Tabs
        label={t('object.tabs')}
        names={tabs}
        current={tab}
        title={(name) => (name === 'fields' ? fieldsTitle(object) : t(`object.tab.${name}`))}
        onChange={(name) => replace(objectPlace(place, name))}
      />
      <Tab place={place} object={object} tab={tab} />
    </>
  )

  function fieldsTitle({ kind }: ObjectDetail): string {
    if (kind === 'class') return t('object.tab.statics')
    return kind === 'instance' ? t('object.tab.fields') : t('object.tab.elements')
  }
}

function Tab({ place, object, tab }: { place: PlaceOf<'object'>; object: ObjectDetail; tab: ObjectTab }) {
  switch (tab) {
    case 'fields':
      return <FieldsTab place={place} object={object} />
    case 'contents':
      return <ContentsTab place={place} />
    case 'text':
      return <TextTab place={place} />
    case 'hex':
      return <HexTab place={place} object={object} />
    case 'outgoing':
    case 'incoming':
      return <ReferencesTab key={tab} place={place} direction={tab} />
    case 'retained':
      return <RetainedTab place={place} object={object} />
  }
}
