/** Why an object retains what it retains: who dominates it, up to the root, and what its retained size is made of. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectDetail } from '@heaptrail/api/heap'
import type { ClassShares } from '@heaptrail/api/heap-references'
import { formatCount, formatShare } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { retainedBreakdownQuery } from '../../server/heap-references.ts'
import { ancestorsQuery } from '../../server/heap-tree.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { dominatorsPlace, objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import { useIsNarrow } from '../../widgets/view-width.ts'
import styles from './retained-tab.module.css'

type ObjectPlace = PlaceOf<'object'>

export function RetainedTab({ place, object }: { place: ObjectPlace; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(retainedBreakdownQuery(place.artifactId, place.objectId))
  if (!object.reachable) return <EmptyState title={t('retained.unreachable')} />
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  // Who dominates it is known at once; what it retains is counted object by object.
  const { children, set, own } = data ?? {}
  return (
    <div className={styles['retained']}>
      <DominatorChain place={place} />
      <Shares place={place} title={t('retained.children')} shares={children} whole={object.retained} own={own} />
      <Shares place={place} title={t('retained.set')} shares={set} whole={object.retained} />
    </div>
  )
}

function DominatorChain({ place }: { place: ObjectPlace }) {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap ?? 0
  const { data } = useQuery(
    ancestorsQuery({ artifactId: place.artifactId, filter: '', group: undefined }, place.objectId),
  )
  if (data === undefined) return <section className={styles['chain']} aria-busy />
  const gap = data.shortened ? data.rows.length / 2 : -1
  return (
    <section className={styles['chain']}>
      <h2>
        {t('retained.chain')}
        <PlaceLink to={dominatorsPlace(place)}>{t('object.showInDominators')}</PlaceLink>
      </h2>
      {/* Deep chains scroll, so the keyboard must reach them. */}
      <div className={styles['scroller']} tabIndex={0} role="region" aria-label={t('retained.chain')}>
        <table className={table['table']}>
          <caption className="visually-hidden">{t('retained.chain')}</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t('column.object')}</th>
              <th scope="col">{t('column.retained')}</th>
              <th scope="col">{t('column.share')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map(({ object }, depth) => (
              <tr key={object.id} aria-current={object.id === place.objectId ? 'true' : undefined}>
                <td className={styles['labelCell']}>
                  {depth === gap && <p className={styles['gap']}>{t('retained.gap')}</p>}
                  <PlaceLink
                    to={objectPlace({ ...place, objectId: object.id }, 'retained')}
                    className={styles['rowLink']}
                    style={{ paddingLeft: `${Math.min(depth, 12) * 0.75}rem` }}
                  >
                    <ObjectLabel object={object} />
                  </PlaceLink>
                </td>
                <td className={table['numeric']}>
                  <Size bytes={object.retained} />
                </td>
                <td className={styles['shareCell']}>
                  <ShareBar part={object.retained} whole={usedHeap} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface SharesProps {
  readonly place: ObjectPlace
  readonly title: string
  /** Undefined as long as they are counted. */
  readonly shares: ClassShares | undefined
  /** Bytes that the rows make up together. */
  readonly whole: number
  /** Bytes of the object itself, where the rows are without it. */
  readonly own?: number | undefined
}

function Shares({ title, shares, ...rest }: SharesProps) {
  if (shares !== undefined) return <SharesTable title={title} shares={shares} {...rest} />
  return (
    <section className={styles['shares']} aria-busy>
      <h2>{title}</h2>
      <Waiting />
    </section>
  )
}

function SharesTable({ place, title, shares, whole, own }: SharesProps & { shares: ClassShares }) {
  const { t } = useTranslation()
  const { classes, rest } = shares
  return (
    <section className={styles['shares']}>
      <h2>{title}</h2>
      <div className={styles['scroller']} tabIndex={0} role="region" aria-label={title}>
        <table className={table['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t('column.class')}</th>
              <th scope="col">{t('column.objects')}</th>
              <th scope="col">{t('column.bytes')}</th>
              <th scope="col">{t('column.share')}</th>
            </tr>
          </thead>
          <tbody>
            {own !== undefined && <ShareRow name={t('retained.own')} objects={1} bytes={own} whole={whole} />}
            {classes.map((row) => (
              <ShareRow
                key={row.classId}
                name={
                  <PlaceLink to={objectsPlace(place, row.classId)} className={styles['rowLink']}>
                    <ClassName name={row.className} own={row.own} />
                  </PlaceLink>
                }
                objects={row.objects}
                bytes={row.bytes}
                whole={whole}
              />
            ))}
            {rest.classes > 0 && (
              <ShareRow
                name={t('retained.rest', { formatted: formatCount(rest.classes) })}
                objects={rest.objects}
                bytes={rest.bytes}
                whole={whole}
              />
            )}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Pixels; below, two tables beside each other need their room for names. */
const NO_BARS = 1000

interface ShareRowProps {
  readonly name: ReactNode
  readonly objects: number
  readonly bytes: number
  readonly whole: number
}

function ShareRow({ name, objects, bytes, whole }: ShareRowProps) {
  const isNarrow = useIsNarrow(NO_BARS)
  return (
    <tr>
      <td className={styles['labelCell']}>{name}</td>
      <td className={table['numeric']}>{formatCount(objects)}</td>
      <td className={table['numeric']}>
        <Size bytes={bytes} />
      </td>
      {isNarrow ? (
        <td className={table['numeric']}>{formatShare(whole > 0 ? bytes / whole : 0)}</td>
      ) : (
        <td className={styles['shareCell']}>
          <ShareBar part={bytes} whole={whole} />
        </td>
      )}
    </tr>
  )
}
