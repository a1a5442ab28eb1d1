/** The columns of the owners. */
import { useMediaQuery } from '@mantine/hooks'
import type { TFunction } from 'i18next'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnerRow, Owners } from '@heaptrail/api/heap-owners'
import { formatCount } from '../../format/count.ts'
import { oneLine } from '../../format/safe-text.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { HolderName } from '../../widgets/holder-name.tsx'
import { ObjectId } from '../../widgets/object-label.tsx'
import { dominatorsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import styles from './owners.module.css'

export function useOwnerColumns(place: PlaceOf<'owners'>, { sums }: Owners): readonly GridColumn<OwnerRow>[] {
  const { t } = useTranslation()
  const { caseId, artifactId, by } = place
  // Beside the Inspector a small window has room for the figures or for what is on the way.
  const isNarrow = useMediaQuery('(max-width: 75rem)')
  return useMemo(
    () => [
      {
        id: 'owner',
        title: t('owners.column.owner'),
        width: 'minmax(13rem, 1fr)',
        cell: ({ holder, field }) => <HolderName holder={holder} field={field} />,
      },
      ...(by === 'direct' || isNarrow ? [] : [throughColumn(t)]),
      ...figureColumns(t, sums.bytes).filter(({ id }) => id !== 'shared' || !isNarrow),
      {
        id: 'largest',
        title: t('owners.column.largest'),
        width: '7.5rem',
        cell: ({ largest }) => (
          <PlaceLink
            to={dominatorsPlace({ caseId, artifactId, objectId: largest })}
            title={t('object.showInDominators')}
          >
            <ObjectId id={largest} />
          </PlaceLink>
        ),
      },
    ],
    [t, sums.bytes, caseId, artifactId, by, isNarrow],
  )
}

function throughColumn(t: TFunction): GridColumn<OwnerRow> {
  return {
    id: 'through',
    title: t('owners.column.through'),
    width: 'minmax(8rem, 0.4fr)',
    cell: ({ through }) => through !== null && <Through {...through} />,
  }
}

function figureColumns(t: TFunction, whole: number): readonly GridColumn<OwnerRow>[] {
  return [
    {
      id: 'objects',
      title: t('column.objects'),
      width: '6.5rem',
      numeric: true,
      cell: (row) => estimate(t, row, formatCount(row.objects)),
    },
    {
      id: 'bytes',
      title: t('owners.column.bytes'),
      width: '6rem',
      numeric: true,
      cell: (row) => estimate(t, row, <Size bytes={row.bytes} />),
    },
    {
      id: 'share',
      title: t('owners.column.share'),
      width: 'var(--ht-share)',
      share: true,
      cell: ({ bytes }) => <ShareBar part={bytes} whole={whole} />,
    },
    {
      id: 'shared',
      title: t('owners.column.shared'),
      width: '5.5rem',
      numeric: true,
      cell: ({ shared }) => (
        <span title={t('owners.sharedHint')}>
          {shared > 0 ? <Size bytes={shared} /> : <span className={styles['dim']}>0</span>}
        </span>
      ),
    },
  ]
}

function Through({ className, field }: NonNullable<OwnerRow['through']>) {
  const simple = className.slice(className.lastIndexOf('.') + 1)
  const name = field === null || field === '[]' ? simple : `${simple}#${oneLine(field)}`
  return (
    <span className={styles['through']} title={`${className}#${field ?? ''}`}>
      {name}
    </span>
  )
}

function estimate(t: TFunction, { estimated }: OwnerRow, figure: ReactNode) {
  if (!estimated) return figure
  return <span title={t('owners.estimated')}>≈ {figure}</span>
}
