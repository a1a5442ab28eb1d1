/** One class: where it stands among the others, its objects, and the classes below it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ClassDetail } from '@heaptrail/api/heap-class'
import { formatCount } from '../../format/count.ts'
import { classQuery } from '../../server/heap.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { ownersPlace } from '../../widgets/owners-place.ts'
import { mergedPathsPlace, retainedSetPlace, selectionDominatorsPlace } from '../../widgets/selection-places.ts'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { ClassFacts } from './class-facts.tsx'
import { ObjectsTab } from './objects-tab.tsx'
import { SubclassesTab } from './subclasses-tab.tsx'

export function ClassView({ place }: { place: PlaceOf<'objects'> }) {
  const { data, error, refetch } = useQuery(classQuery(place.artifactId, place.classId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return <Shown place={place} detail={data} />
}

function Shown({ place, detail }: { place: PlaceOf<'objects'>; detail: ClassDetail }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { caseId, artifactId, classId } = place
  const all = { caseId, artifactId, objects: [], classes: [classId] }
  const tabs = detail.subclassCount > 0 ? (['objects', 'subclasses'] as const) : (['objects'] as const)
  const tab = detail.subclassCount > 0 ? place.tab : 'objects'
  const counts = { objects: detail.objects, subclasses: detail.subclassCount }
  return (
    <>
      <ViewHead
        title={
          <>
            {t('objects.title')}&nbsp;
            <ClassName name={detail.className} own={detail.own} />
          </>
        }
      >
        <PlaceLink to={objectPlace({ caseId, artifactId, objectId: classId })}>{t('objects.classObject')}</PlaceLink>
        {detail.objects > 0 && (
          <>
            <PlaceLink to={ownersPlace(place, classId)}>{t('view.owners')}</PlaceLink>
            <PlaceLink to={mergedPathsPlace(all)}>{t('view.merged-paths')}</PlaceLink>
            <PlaceLink to={retainedSetPlace(all)}>{t('view.retained-set')}</PlaceLink>
            <PlaceLink to={selectionDominatorsPlace(all)}>{t('view.immediate-dominators')}</PlaceLink>
          </>
        )}
        <ViewFacts>{t('status.objects', { count: detail.objects, formatted: formatCount(detail.objects) })}</ViewFacts>
      </ViewHead>
      <ClassFacts place={place} detail={detail} />
      <Tabs
        label={t('class.tabs')}
        names={tabs}
        current={tab}
        title={(name) => `${t(`class.tab.${name}`)} (${formatCount(counts[name])})`}
        onChange={(name) => replace({ ...place, tab: name, selected: undefined })}
      />
      {tab === 'objects' ? (
        <ObjectsTab place={place} name={detail.className} />
      ) : (
        <SubclassesTab place={place} detail={detail} />
      )}
    </>
  )
}
