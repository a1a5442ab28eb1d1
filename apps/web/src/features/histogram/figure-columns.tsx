/** The columns of the histogram beside the names, those that the place asks for. */
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistogramRow } from '@heaptrail/api/heap'
import { USUAL_COLUMNS, type HistogramColumn } from '@heaptrail/api/place-histogram'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { ExactRetained } from './exact-retained.tsx'
import { loaderText } from './loader-text.ts'

export interface Figures extends Pick<HistogramRow, 'objects' | 'shallow' | 'retained' | 'loader'> {
  /** Null where the row is more than one class. */
  readonly classId: string | null
}

/** @param figuresOf the same function every time; undefined for rows without figures */
export function useFigureColumns<Row>(
  { artifactId, columns }: PlaceOf<'histogram'>,
  figuresOf: (row: Row) => Figures | undefined,
): readonly GridColumn<Row>[] {
  const { t } = useTranslation()
  const shown = useShownColumns(columns)
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  return useMemo(() => {
    const figure = (id: HistogramColumn, rest: Omit<GridColumn<Figures>, 'id' | 'title'>): GridColumn<Row> => ({
      ...rest,
      id,
      title: t(`histogram.column.${id}`),
      cell: (row) => {
        const figures = figuresOf(row)
        return figures && rest.cell(figures)
      },
    })
    const size = { width: '5.75rem', numeric: true, sortable: true } as const
    const share = { width: 'var(--ht-share)', share: true } as const
    const all: Record<HistogramColumn, GridColumn<Row>> = {
      loader: figure('loader', { width: 'minmax(6rem, 0.4fr)', cell: (row) => loaderText(t, row) }),
      objects: figure('objects', { ...size, cell: (row) => formatCount(row.objects) }),
      shallow: figure('shallow', { ...size, cell: (row) => <Size bytes={row.shallow} /> }),
      'shallow-share': figure('shallow-share', {
        ...share,
        cell: (row) => <ShareBar part={row.shallow} whole={usedHeap} />,
      }),
      retained: figure('retained', { ...size, cell: (row) => <Size bytes={row.retained} /> }),
      'retained-share': figure('retained-share', {
        ...share,
        cell: (row) => <ShareBar part={row.retained} whole={usedHeap} />,
      }),
      exact: figure('exact', {
        width: '6.5rem',
        numeric: true,
        cell: (row) =>
          row.classId !== null && row.objects > 0 && <ExactRetained artifactId={artifactId} classes={[row.classId]} />,
      }),
    }
    return shown.map((column) => all[column])
  }, [t, shown, usedHeap, figuresOf, artifactId])
}

const NARROW_COLUMNS = USUAL_COLUMNS.filter((column) => column !== 'exact')

/** Where nobody chose, a narrow screen does without what is computed on request only. */
export function useShownColumns(columns: readonly HistogramColumn[]): readonly HistogramColumn[] {
  const isNarrow = useMediaQuery('(max-width: 75rem)')
  const [shown, setShown] = useState(columns)
  const wanted = isNarrow && columns === USUAL_COLUMNS ? NARROW_COLUMNS : columns
  if (shown.join() === wanted.join()) return shown
  // Each step in the list reads the link anew; the same columns stay the same object.
  setShown(wanted)
  return wanted
}
