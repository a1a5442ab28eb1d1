/** What grew and what shrank, the most first; long tables open on demand. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Change } from '@heaptrail/api/compare'
import { formatSignedBytes } from '../../format/bytes.ts'
import { formatCount, formatSigned } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { histogramPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './compare.module.css'

type ComparePlace = PlaceOf<'compare'>

const SHOWN = 20
const MORE = 200

interface ChangeTableProps {
  readonly title: string
  readonly rows: readonly Change[]
  readonly by: 'retained' | 'shallow'
  /** Of the comparison, where names are those of classes: they lead to the histogram of the dump that has them. */
  readonly place?: ComparePlace
}

export function ChangeTable({ title, rows, by, place }: ChangeTableProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  const [shrunk, setShrunk] = useState(false)
  const isKept = rows.some(({ kept }) => kept !== null)
  const ordered = shrunk ? rows.toReversed() : rows
  return (
    <section className={styles['changes']}>
      <h2>
        {title}{' '}
        <button type="button" className="link" onClick={() => setShrunk(!shrunk)}>
          {t(shrunk ? 'compare.showGrown' : 'compare.showShrunk')}
        </button>
      </h2>
      <table className={table['table']}>
        <thead>
          <tr>
            <th>{t('compare.name')}</th>
            <th className={table['numeric']}>{t('compare.objects')}</th>
            {isKept &&
              (['kept', 'gone', 'added'] as const).map((name) => (
                <th key={name} className={table['numeric']}>
                  {t(`compare.${name}`)}
                </th>
              ))}
            <th className={table['numeric']}>{t('compare.before')}</th>
            <th className={table['numeric']}>{t('compare.after')}</th>
            <th className={table['numeric']}>{t('compare.growth')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, shown).map((row) => (
            <ChangeRow key={row.name} row={row} by={by} place={place} />
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + MORE)}>
          {t('compare.more', { formatted: formatCount(rows.length - shown) })}
        </button>
      )}
    </section>
  )
}

interface ChangeRowProps extends Pick<ChangeTableProps, 'by' | 'place'> {
  readonly row: Change
}

function ChangeRow({ row, by, place }: ChangeRowProps) {
  const before = by === 'retained' ? row.retainedBefore : row.shallowBefore
  const after = by === 'retained' ? row.retainedAfter : row.shallowAfter
  return (
    <tr>
      <td>{place === undefined ? row.name : <PlaceLink to={classPlace(place, row)}>{row.name}</PlaceLink>}</td>
      <td className={table['numeric']}>{formatSigned(row.objectsAfter - row.objectsBefore)}</td>
      {row.kept !== null && (
        <>
          <td className={table['numeric']}>{formatCount(row.kept)}</td>
          <td className={table['numeric']}>{formatCount(row.objectsBefore - row.kept)}</td>
          <td className={table['numeric']}>{formatCount(row.objectsAfter - row.kept)}</td>
        </>
      )}
      <td className={table['numeric']}>
        <Size bytes={before} />
      </td>
      <td className={table['numeric']}>
        <Size bytes={after} />
      </td>
      <td className={table['numeric']}>{formatSignedBytes(after - before)}</td>
    </tr>
  )
}

/** In the later dump, unless it is only in the earlier one. Classes that have another number in each run are found by their beginning. */
function classPlace({ caseId, before, after }: ComparePlace, { name, objectsAfter }: Change) {
  const artifactId = objectsAfter > 0 ? after : before
  return histogramPlace({ caseId, artifactId }, name.replace(/(\$\$Lambda|\$Proxy).*$/, '$1'))
}
