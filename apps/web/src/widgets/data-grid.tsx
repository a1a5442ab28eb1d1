/** A table of server rows: sortable headers, selection, keyboard, pages loaded as they are scrolled to. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './data-grid.module.css'
import { treeAttributes, treeKey, type GridTree } from './grid-tree.ts'
import { MAX_ROWS, RowList, type RowAttributes } from './row-list.tsx'
import type { PagedRows, Positioned } from './paged-rows.ts'
import { formatCount } from '../format/count.ts'

const features = tableFeatures({})

export interface GridColumn<Row> {
  readonly id: string
  readonly title: string
  /** A track of `grid-template-columns`. */
  readonly width: string
  /** Numbers stand at the end. */
  readonly numeric?: boolean
  readonly sortable?: boolean
  readonly cell: (row: Row) => ReactNode
}

interface Sorting {
  readonly column: string
  readonly order: 'asc' | 'desc'
}

interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: PagedRows<Row>
  readonly isSelected: (row: Row) => boolean
  /** Position of the row that the link selected, once found. */
  readonly linkedRow?: number
  readonly onSelect: (row: Row) => void
  readonly onOpen: (row: Row) => void
  readonly onMenu?: (row: Row, at: { x: number; y: number }) => void
  readonly attributes?: (row: Row) => RowAttributes
  /** The rows are those of a tree. */
  readonly tree?: GridTree<Row>
  readonly sorting?: Sorting
  readonly onSort?: (column: string) => void
}

export function DataGrid<Row>({ columns, rows, linkedRow = -1, sorting, onSort, tree, ...props }: DataGridProps<Row>) {
  const { t } = useTranslation()
  const [active, setActive] = useState(-1)
  useEffect(() => setActive(linkedRow), [linkedRow])
  const select = useSelect(rows, props.onSelect)
  const table = useGridTable(columns, rows.loaded)
  const tableRows = table.getRowModel().rowsById
  const total = rows.total ?? 0
  const header = table.getHeaderGroups()[0]?.headers.map((cell) => {
    const column = columns.find(({ id }) => id === cell.column.id)
    return column && <HeaderCell key={cell.id} column={column} sorting={sorting} onSort={onSort} />
  })
  const withRow = (act: (row: Row) => void) => (index: number) => {
    const row = rows.rowAt(index)
    if (row !== undefined) act(row)
  }
  function activate(index: number) {
    setActive(index)
    select(index)
  }
  return (
    <div className={styles['grid']}>
      <RowList
        role={tree === undefined ? 'grid' : 'treegrid'}
        label={props.label}
        count={total}
        columns={columns.map((column) => column.width).join(' ')}
        header={header}
        active={active}
        isSelected={(index) => isSelectedAt(rows, index, props.isSelected)}
        attributes={(index) => {
          const row = rows.rowAt(index)
          if (row === undefined) return { 'aria-busy': true }
          return { ...(tree && treeAttributes(tree, row)), ...props.attributes?.(row) }
        }}
        row={(index) =>
          tableRows[index]?.getAllCells().map((cell) => (
            <div key={cell.id} role="gridcell" className={numericClass(columns, cell.column.id)}>
              <table.FlexRender cell={cell} />
            </div>
          )) ?? <div role="gridcell" />
        }
        onActivate={activate}
        onKey={(event, index) =>
          tree !== undefined && treeKey({ tree, rowAt: rows.rowAt, onActivate: activate }, event, index)
        }
        onOpen={withRow(props.onOpen)}
        onMenu={props.onMenu && ((index, at) => withRow((row) => props.onMenu?.(row, at))(index))}
        onRange={rows.onRange}
      />
      {total > MAX_ROWS && (
        <p className={styles['more']}>
          {t('grid.capped', { shown: formatCount(MAX_ROWS), total: formatCount(total) })}
        </p>
      )}
    </div>
  )
}

/** A row that the keyboard has jumped to before it was loaded is selected when it comes. */
function useSelect<Row>(rows: PagedRows<Row>, onSelect: (row: Row) => void): (index: number) => void {
  const [awaited, setAwaited] = useState(-1)
  const arrived = awaited === -1 ? undefined : rows.rowAt(awaited)
  useEffect(() => {
    if (arrived === undefined) return
    setAwaited(-1)
    onSelect(arrived)
  }, [arrived, onSelect])
  return setAwaited
}

function isSelectedAt<Row>(
  rows: DataGridProps<Row>['rows'],
  index: number,
  isSelected: (row: Row) => boolean,
): boolean {
  const row = rows.rowAt(index)
  return row !== undefined && isSelected(row)
}

/** TanStack Table over the rows that are here, under their position in the whole list. */
function useGridTable<Row>(columns: readonly GridColumn<Row>[], loaded: readonly Positioned<Row>[]) {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Positioned<Row>>()
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.title, cell: ({ row }) => column.cell(row.original.row) }),
    )
  }, [columns])
  return useTable({ features, columns: definitions, data: loaded, getRowId: ({ index }) => String(index) })
}

interface HeaderCellProps<Row> {
  readonly column: GridColumn<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: ((column: string) => void) | undefined
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const sorted = sorting?.column === column.id ? sorting.order : undefined
  const className = column.numeric === true ? styles['numeric'] : undefined
  if (column.sortable !== true) {
    return (
      <div role="columnheader" className={className}>
        <span className={styles['title']}>{column.title}</span>
      </div>
    )
  }
  const Arrow = sorted === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <div role="columnheader" aria-sort={ariaSort(sorted)} className={className}>
      <button type="button" className={styles['sort']} onClick={() => onSort?.(column.id)}>
        {column.title}
        <Arrow size={12} aria-hidden className={sorted === undefined ? styles['unsorted'] : undefined} />
      </button>
    </div>
  )
}

function numericClass(columns: readonly GridColumn<never>[], id: string): string | undefined {
  return columns.find((column) => column.id === id)?.numeric === true ? styles['numeric'] : undefined
}

function ariaSort(sorted: 'asc' | 'desc' | undefined): 'ascending' | 'descending' | 'none' {
  if (sorted === undefined) return 'none'
  return sorted === 'asc' ? 'ascending' : 'descending'
}
