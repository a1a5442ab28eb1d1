/** A table of server rows: sortable headers, selection, keyboard, pages loaded as they are scrolled to. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './data-grid.module.css'
import { treeAttributes, treeKey, type GridTree } from './grid-tree.ts'
import { MAX_ROWS, RowList, type Activation, type RowAttributes } from './row-list.tsx'
import type { PagedRows } from './paged-rows.ts'
import { formatCount } from '../format/count.ts'

export interface GridColumn<Row> {
  readonly id: string
  readonly title: string
  /** A track of `grid-template-columns`. */
  readonly width: string
  /** Numbers stand at the end. */
  readonly numeric?: boolean
  /** Numbers with bars before them, where there is room for bars. */
  readonly share?: boolean
  readonly sortable?: boolean
  readonly cell: (row: Row) => ReactNode
}

interface Sorting {
  readonly column: string
  readonly order: 'asc' | 'desc'
}

export interface SelectsSeveral<Row> {
  readonly onToggle: (row: Row) => void
  /** Instead of what was selected. @param last where the keyboard is now, one of the rows */
  readonly onRange: (rows: readonly Row[], last: Row) => void
}

interface DataGridProps<Row> {
  readonly label: string
  /** The same array as long as its cells show the same: rows are rendered anew with another one. */
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: PagedRows<Row>
  readonly isSelected: (row: Row) => boolean
  /** Position of the row that the link selected, once found. */
  readonly linkedRow?: number
  readonly onSelect: (row: Row) => void
  /** Several rows can be selected, with Shift and Ctrl. */
  readonly several?: SelectsSeveral<Row>
  readonly onOpen: (row: Row) => void
  readonly onMenu?: (row: Row, at: { x: number; y: number }) => void
  /** The same function as long as it answers the same; see `columns`. */
  readonly attributes?: (row: Row) => RowAttributes
  /** The rows are those of a tree; see `columns`. */
  readonly tree?: GridTree<Row>
  readonly sorting?: Sorting
  readonly onSort?: (column: string) => void
}

export function DataGrid<Row>({ columns, rows, linkedRow = -1, sorting, onSort, tree, ...props }: DataGridProps<Row>) {
  const { t } = useTranslation()
  const [active, setActive] = useState(-1)
  useEffect(() => setActive(linkedRow), [linkedRow])
  const select = useSelect(rows, props.onSelect)
  const { cells, attributes } = useRowOf(columns, tree, props.attributes)
  const total = rows.total ?? 0
  const withRow = (act: (row: Row) => void) => (index: number) => {
    const row = rows.rowAt(index)
    if (row !== undefined) act(row)
  }
  const anchor = useRef(-1)
  function activate(index: number, how: Activation = 'one') {
    setActive(index)
    if (how === 'one') select(index)
    if (how === 'toggle') withRow((row) => props.several?.onToggle(row))(index)
    if (how === 'range') selectRange(anchor.current === -1 ? Math.max(0, active) : anchor.current, index)
    else anchor.current = index
  }
  /** Rows that are not here yet cannot be part of it. */
  function selectRange(from: number, to: number) {
    const [first, length] = [Math.min(from, to), Math.abs(to - from) + 1]
    const between = Array.from({ length }, (_, place) => rows.rowAt(first + place)).filter((row) => row !== undefined)
    withRow((last) => props.several?.onRange(between, last))(to)
  }
  return (
    <div className={styles['grid']}>
      <RowList
        role={tree === undefined ? 'grid' : 'treegrid'}
        label={props.label}
        count={total}
        columns={columns.map((column) => column.width).join(' ')}
        header={columns.map((column) => (
          <HeaderCell key={column.id} column={column} sorting={sorting} onSort={onSort} />
        ))}
        active={active}
        {...(props.several === undefined ? {} : { multiple: true })}
        isSelected={(index) => isSelectedAt(rows, index, props.isSelected)}
        item={rows.rowAt}
        attributes={attributes}
        cells={cells}
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

const BUSY = { 'aria-busy': true } as const

/** How a row looks; the same functions until something about that has changed. */
function useRowOf<Row>(
  columns: readonly GridColumn<Row>[],
  tree: GridTree<Row> | undefined,
  own: ((row: Row) => RowAttributes) | undefined,
) {
  const cells = useCallback(
    (of: Row | undefined) =>
      of === undefined ? (
        <div role="gridcell" />
      ) : (
        columns.map(({ id, numeric, cell }) => (
          <div key={id} role="gridcell" className={numeric === true ? styles['numeric'] : undefined}>
            {cell(of)}
          </div>
        ))
      ),
    [columns],
  )
  const attributes = useCallback(
    (of: Row | undefined) => (of === undefined ? BUSY : { ...(tree && treeAttributes(tree, of)), ...own?.(of) }),
    [tree, own],
  )
  return { cells, attributes }
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

interface HeaderCellProps<Row> {
  readonly column: GridColumn<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: ((column: string) => void) | undefined
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const sorted = sorting?.column === column.id ? sorting.order : undefined
  const className = styles[headerClass(column)]
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

function headerClass<Row>({ numeric, share }: GridColumn<Row>): 'numeric' | 'share' | 'text' {
  if (numeric === true) return 'numeric'
  return share === true ? 'share' : 'text'
}

function ariaSort(sorted: 'asc' | 'desc' | undefined): 'ascending' | 'descending' | 'none' {
  if (sorted === undefined) return 'none'
  return sorted === 'asc' ? 'ascending' : 'descending'
}
