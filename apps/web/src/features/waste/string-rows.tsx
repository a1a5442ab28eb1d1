/** Texts that several strings have, and who holds the surplus. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DuplicateStrings, DuplicateText, SurplusHolder } from '@heaptrail/api/heap-waste'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { oneLine } from '../../format/safe-text.ts'
import { duplicateStringsQuery, surplusHoldersQuery } from '../../server/waste.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { HolderName } from '../../widgets/holder-name.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { bytesColumn, countColumn, estimated, exampleColumn, holderColumn, shareColumn } from './waste-columns.tsx'
import { WasteGrid } from './waste-grid.tsx'
import { WasteSums } from './waste-sums.tsx'
import styles from './waste.module.css'

type WastePlace = PlaceOf<'waste'>

export function StringRows({ place }: { place: WastePlace }) {
  const { filter, selected } = place
  const page = (offset: number, limit: number) => duplicateStringsQuery(place, offset, limit)
  const rows = usePagedRows(filter, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.example === selected)
  const columns = useTextColumns(place, rows.anyPage?.sums.bytes ?? 0)
  return (
    <WasteGrid
      place={place}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      idOf={({ example }) => example}
      opens={({ example }) => objectPlace({ ...place, objectId: example })}
    >
      {rows.anyPage !== undefined && (
        <StringSums
          sums={rows.anyPage.sums}
          listed={filter === '' ? { rows: rows.anyPage.total, texts: rows.anyPage.texts } : undefined}
        />
      )}
    </WasteGrid>
  )
}

function useTextColumns(place: WastePlace, whole: number): readonly GridColumn<DuplicateText>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  const { caseId, artifactId } = place
  return useMemo(
    () => [
      { id: 'text', title: t('waste.column.text'), width: 'minmax(10rem, 1fr)', cell: (row) => <Text row={row} /> },
      countColumn('strings', t('waste.column.strings'), (row) => row.strings),
      bytesColumn('bytes', t('waste.column.frees'), (row) => row.bytes),
      ...(isNarrow ? [] : [shareColumn<DuplicateText>(t, whole)]),
      {
        id: 'holders',
        title: t('waste.column.holder'),
        width: 'minmax(9rem, 0.8fr)',
        cell: (row) => <Holders row={row} />,
      },
      ...(isNarrow ? [] : [exampleColumn<DuplicateText>(t, { caseId, artifactId })]),
    ],
    [t, isNarrow, whole, caseId, artifactId],
  )
}

function Text({ row: { text, length } }: { row: DuplicateText }) {
  const { t } = useTranslation()
  if (length === 0) return <span className={styles['dim']}>{t('waste.emptyText')}</span>
  const shown = `"${oneLine(text)}"${text.length < length ? '…' : ''}`
  return (
    <span className={styles['text']} title={t('waste.textTitle', { text: shown, length: formatCount(length) })}>
      {shown}
    </span>
  )
}

function Holders({ row: { holders } }: { row: DuplicateText }) {
  const [first, ...others] = holders
  if (first === undefined) return null
  return (
    <span className={styles['holders']}>
      <HolderName holder={first.holder} field={first.field} />
      {others.length > 0 && <span className={styles['more']}>+{others.length}</span>}
    </span>
  )
}

interface StringSumsProps {
  readonly sums: DuplicateStrings['sums']
  readonly listed?: { readonly rows: number; readonly texts: number } | undefined
}

function StringSums({ sums, listed }: StringSumsProps) {
  const { t } = useTranslation()
  return (
    <WasteSums bytes={sums.bytes}>
      {t('waste.stringSums', {
        surplus: formatCount(sums.surplus),
        strings: formatCount(sums.strings),
        bytes: formatBytes(sums.bytes),
        arrays: formatBytes(sums.arrayBytes),
      })}
      {listed !== undefined && listed.rows < listed.texts
        ? ` ${t('waste.listed', { listed: formatCount(listed.rows), texts: formatCount(listed.texts) })}`
        : ''}
    </WasteSums>
  )
}

export function StringHolderRows({ place }: { place: WastePlace }) {
  const { filter, selected } = place
  const page = (offset: number, limit: number) => surplusHoldersQuery(place, offset, limit)
  const rows = usePagedRows(filter, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.example === selected)
  const columns = useHolderColumns(place, rows.anyPage?.sums.bytes ?? 0)
  return (
    <WasteGrid
      place={place}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      idOf={({ example }) => example}
      opens={({ holder, example }) =>
        holder === null ? objectPlace({ ...place, objectId: example }) : objectsPlace(place, holder.classId)
      }
    >
      {rows.anyPage !== undefined && <StringSums sums={rows.anyPage.sums} />}
    </WasteGrid>
  )
}

function useHolderColumns(place: WastePlace, whole: number): readonly GridColumn<SurplusHolder>[] {
  const { t } = useTranslation()
  const { caseId, artifactId } = place
  return useMemo(
    () => [
      holderColumn<SurplusHolder>(t),
      countColumn('strings', t('waste.column.surplus'), (row: SurplusHolder) => row.strings, estimated(t)),
      bytesColumn('bytes', t('waste.column.frees'), (row: SurplusHolder) => row.bytes, estimated(t)),
      shareColumn<SurplusHolder>(t, whole),
      exampleColumn<SurplusHolder>(t, { caseId, artifactId }),
    ],
    [t, whole, caseId, artifactId],
  )
}
