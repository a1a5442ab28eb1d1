/** The line of facts under an object's name. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import { formatCount, formatShare } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'

/** Names of Java's, the same in all languages. */
const CODERS = { 'latin-1': 'Latin-1', 'utf-16': 'UTF-16', char: 'char[]' } as const

interface ObjectFactsProps {
  readonly place: { readonly caseId: string; readonly artifactId: string }
  readonly object: ObjectDetail
}

export function ObjectFacts({ place, object }: ObjectFactsProps) {
  const { t } = useTranslation()
  const { classFacts } = object
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap ?? 0
  return (
    <Facts inline>
      <Fact name={t('column.shallow')}>
        <Size bytes={object.shallow} />
      </Fact>
      <Fact name={t('column.retained')}>
        <Size bytes={object.retained} />
        {usedHeap > 0 && object.reachable && ` (${formatShare(object.retained / usedHeap)})`}
      </Fact>
      {object.kind !== 'class' && (
        <Fact name={t('column.class')}>
          <PlaceLink to={objectPlace({ ...place, objectId: object.classId })}>
            <ClassName name={object.className} />
          </PlaceLink>
        </Fact>
      )}
      {object.characters !== null && (
        <Fact name={t('object.fact.length')}>
          <span title={t(`object.coderHint.${object.characters.coder}`)}>
            {t('object.characters', {
              count: object.characters.count,
              formatted: formatCount(object.characters.count),
              coder: CODERS[object.characters.coder],
            })}
          </span>
        </Fact>
      )}
      {object.length !== null && <Fact name={t('object.fact.length')}>{formatCount(object.length)}</Fact>}
      {object.immediateDominator !== null && (
        <Fact name={t('object.fact.dominator')}>
          <PlaceLink to={objectPlace({ ...place, objectId: object.immediateDominator.id })}>
            <ObjectLabel object={object.immediateDominator} />
          </PlaceLink>
        </Fact>
      )}
      {object.rootTypes.length > 0 && <Fact name={t('object.fact.root')}>{object.rootTypes.join(', ')}</Fact>}
      {!object.reachable && <Fact name={t('object.fact.reachable')}>{t('object.unreachable')}</Fact>}
      {classFacts !== null && <ClassFacts place={place} object={object} facts={classFacts} />}
    </Facts>
  )
}

interface ClassFactsProps extends ObjectFactsProps {
  readonly facts: NonNullable<ObjectDetail['classFacts']>
}

function ClassFacts({ place, object, facts }: ClassFactsProps) {
  const { t } = useTranslation()
  const { superclass, loader, objects, instanceFields } = facts
  return (
    <>
      <Fact name={t('object.fact.objects')}>
        <PlaceLink to={objectsPlace(place, object.id)}>{formatCount(objects)}</PlaceLink>
      </Fact>
      {superclass !== null && (
        <Fact name={t('object.fact.superclass')}>
          <PlaceLink to={objectPlace({ ...place, objectId: superclass.id })}>
            <ClassName name={superclass.className} />
          </PlaceLink>
        </Fact>
      )}
      <Fact name={t('object.fact.loader')}>
        {loader === null ? (
          t('object.bootLoader')
        ) : (
          <PlaceLink to={objectPlace({ ...place, objectId: loader.id })}>
            <ObjectLabel object={loader} />
          </PlaceLink>
        )}
      </Fact>
      {instanceFields.length > 0 && (
        <Fact name={t('object.fact.instanceFields')}>
          <span className="mono">{instanceFields.map((field) => `${field.type} ${field.name}`).join(', ')}</span>
        </Fact>
      )}
    </>
  )
}
