/** The biggest objects, classes and packages: short tables, each row a way in. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import type { Place } from '@heaptrail/api/place'
import { ALL_CLASSES } from '@heaptrail/api/place-histogram'
import { histogramGroupsQuery } from '../../server/histogram.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ClassName, ObjectLabel, OwnMark } from '../../widgets/object-label.tsx'
import { dominatorsPlace, objectsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import styles from './overview.module.css'

const LISTED = 7

interface PartProps {
  readonly place: PlaceOf<'overview'>
  readonly summary: HeapSummary
}

export function BiggestObjects({ place, summary }: PartProps) {
  const { t } = useTranslation()
  const rows = summary.biggestObjects.slice(0, LISTED).map((object) => ({
    key: object.id,
    to: dominatorsPlace({ ...place, objectId: object.id }),
    name: <ObjectLabel object={object} />,
    retained: object.retained,
  }))
  return (
    <Biggest caption={t('overview.biggestObjects')} first={t('column.object')} rows={rows} whole={summary.usedHeap} />
  )
}

export function BiggestClasses({ place, summary }: PartProps) {
  const { t } = useTranslation()
  const rows = summary.biggestClasses.slice(0, LISTED).map(({ classId, className, retained }) => ({
    key: classId,
    to: objectsPlace(place, classId),
    name: <ClassName name={className} />,
    retained,
  }))
  return (
    <Biggest caption={t('overview.biggestClasses')} first={t('column.class')} rows={rows} whole={summary.usedHeap} />
  )
}

/** Of the first level: what packages below them hold is in it. */
export function BiggestPackages({ place, summary }: PartProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(histogramGroupsQuery(place.artifactId, 'package', ALL_CLASSES, undefined))
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  const rows = data.rows.slice(0, LISTED).map(({ key, name, own, retained }) => ({
    key,
    to: packagesPlace(place, key),
    name: (
      <>
        <b className={styles['name']}>{name === '' ? t('tree.noPackage') : name}</b>
        {own && <OwnMark />}
      </>
    ),
    retained,
  }))
  return (
    <Biggest
      caption={t('overview.biggestPackages')}
      first={t('overview.package')}
      rows={rows}
      whole={summary.usedHeap}
    />
  )
}

/** @param key of the package that is open; absent: none */
export function packagesPlace({ caseId, artifactId }: PlaceOf<'overview'>, key?: string): Place {
  return { ...ALL_CLASSES, caseId, artifactId, group: 'package', open: key === undefined ? [] : [key] }
}

interface BiggestProps {
  readonly caption: string
  /** Title of the column of names. */
  readonly first: string
  readonly rows: readonly {
    readonly key: string
    readonly to: Place
    readonly name: ReactNode
    readonly retained: number
  }[]
  readonly whole: number
}

function Biggest({ caption, first, rows, whole }: BiggestProps) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t('column.retained')}</th>
          <th scope="col">{t('column.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, to, name, retained }) => (
          <tr key={key}>
            <td className={styles['labelCell']}>
              <PlaceLink to={to} className={styles['rowLink']}>
                {name}
              </PlaceLink>
            </td>
            <td className={table['numeric']}>
              <Size bytes={retained} />
            </td>
            <td className={styles['shareCell']}>
              <ShareBar part={retained} whole={whole} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
