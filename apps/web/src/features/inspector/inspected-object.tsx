/** The selected object or class: its facts, its first fields, and where one can go from it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import { formatCount, formatShare } from '../../format/count.ts'
import { objectSentence, objectText } from '../../format/object-text.ts'
import { fieldsQuery, heapSummaryQuery, objectQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { BreakableName } from '../../widgets/breakable-name.tsx'
import { ObjectActions } from '../../widgets/object-actions.tsx'
import { ObjectId, OwnMark } from '../../widgets/object-label.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { FirstMembers } from './first-members.tsx'
import styles from './inspector.module.css'
import { valueText } from './value-text.ts'

const FIELDS_SHOWN = 20
const FIELDS_OF = {
  class: 'statics',
  instance: 'fields',
  'object-array': 'elements',
  'primitive-array': 'elements',
} as const

interface OfDump {
  readonly caseId: string
  readonly artifactId: string
}

export function InspectedObject({ place, objectId }: { place: OfDump; objectId: string }) {
  const { caseId, artifactId } = place
  const { data, error, refetch } = useQuery(objectQuery(artifactId, objectId))
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return (
    <div className={styles['inspector']} tabIndex={-1}>
      <Title object={data} />
      <div className={styles['actions']}>
        {data.classFacts !== null && <ListObjects place={place} classId={objectId} />}
        <ObjectActions object={{ caseId, artifactId, objectId }} />
      </div>
      <ObjectFacts artifactId={artifactId} object={data} />
      <FirstMembers caseId={caseId} artifactId={artifactId} object={data} />
      <FirstFields artifactId={artifactId} object={data} />
    </div>
  )
}

function Title({ object }: { object: ObjectDetail }) {
  const { prefix, name, packageName, detail } = objectText(object)
  return (
    <h2 className={styles['title']}>
      <span className={styles['name']}>
        {prefix} {name} {object.own && <OwnMark />}
      </span>
      {packageName !== '' && <span className={styles['dim']}>{packageName}</span>}
      {detail !== '' && <span className={styles['detail']}>{detail}</span>}
      <ObjectId id={object.id} />
    </h2>
  )
}

function ListObjects({ place, classId }: { place: OfDump; classId: string }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  return (
    <Button size="compact-xs" variant="default" onClick={() => open(objectsPlace(place, classId))}>
      {t('inspector.listObjects')}
    </Button>
  )
}

function ObjectFacts({ artifactId, object }: { artifactId: string; object: ObjectDetail }) {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const { classFacts } = object
  return (
    <Facts>
      <Fact name={t('column.shallow')}>
        <Size bytes={object.shallow} />
      </Fact>
      <Fact name={t('column.retained')}>
        <Size bytes={object.retained} />
        {usedHeap > 0 && object.reachable && ` (${formatShare(object.retained / usedHeap)})`}
      </Fact>
      {object.length !== null && <Fact name={t('object.fact.length')}>{formatCount(object.length)}</Fact>}
      {classFacts !== null && <Fact name={t('object.fact.objects')}>{formatCount(classFacts.objects)}</Fact>}
      {classFacts?.superclass && <Fact name={t('object.fact.superclass')}>{classFacts.superclass.className}</Fact>}
      {classFacts !== null && (
        <Fact name={t('object.fact.loader')}>
          {classFacts.loader === null ? t('object.bootLoader') : objectSentence(classFacts.loader)}
        </Fact>
      )}
      {object.immediateDominator !== null && (
        <Fact name={t('object.fact.dominator')}>{objectSentence(object.immediateDominator)}</Fact>
      )}
      {object.rootTypes.length > 0 && <Fact name={t('object.fact.root')}>{object.rootTypes.join(', ')}</Fact>}
      {!object.reachable && <Fact name={t('object.fact.reachable')}>{t('object.unreachable')}</Fact>}
    </Facts>
  )
}

function FirstFields({ artifactId, object }: { artifactId: string; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    ...fieldsQuery(artifactId, object.id, 0, FIELDS_SHOWN),
    enabled: object.contentsMissing === null,
  })
  if (object.contentsMissing !== null) return <p className={styles['hint']}>{object.contentsMissing}</p>
  if (data === undefined || data.total === 0) return undefined
  return (
    <>
      <h3 className={styles['heading']}>{t(`object.tab.${FIELDS_OF[object.kind]}`)}</h3>
      <table className={styles['fields']}>
        <tbody>
          {data.rows.map((row) => (
            <tr key={`${row.declaredIn ?? ''} ${row.name}`}>
              <th scope="row" className={styles['field']}>
                <BreakableName name={row.name} />
              </th>
              <td title={valueText(row.value)}>{valueText(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.total > data.rows.length && (
        <p className={styles['hint']}>
          {t('inspector.moreFields', {
            count: data.total - data.rows.length,
            formatted: formatCount(data.total - data.rows.length),
          })}
        </p>
      )}
    </>
  )
}
