/**
 * The rows of every table and tree: fixed height, virtualised, one focusable element that the arrow keys
 * walk (`aria-activedescendant`), and the same keys everywhere: Enter opens, `.` shows the actions.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import styles from './row-list.module.css'

export const ROW_HEIGHT = 26
/** Chromium ends an element at 33,554,432 px; a list this long is paged instead. */
export const MAX_ROWS = 1_000_000
/** Shorter lists stand in the page as a whole: screen readers and page search see every row. */
const WHOLE_LIST = 300

export interface RowAttributes {
  readonly 'aria-level'?: number
  readonly 'aria-expanded'?: boolean
  readonly 'aria-posinset'?: number
  readonly 'aria-setsize'?: number
  readonly 'aria-busy'?: boolean
  readonly 'data-own'?: boolean
}

export interface RowListProps {
  readonly role: 'grid' | 'treegrid'
  readonly label: string
  /** Rows that can be scrolled to. */
  readonly count: number
  /** `grid-template-columns` */
  readonly columns: string
  readonly header: ReactNode
  /** Row under the keyboard; -1: none. */
  readonly active: number
  readonly isSelected: (index: number) => boolean
  readonly attributes?: (index: number) => RowAttributes
  /** The cells of a row. */
  readonly row: (index: number) => ReactNode
  readonly onActivate: (index: number) => void
  readonly onOpen: (index: number) => void
  readonly onMenu?: ((index: number, at: { x: number; y: number }) => void) | undefined
  /** Keys of a special list; answers true when it took the key. */
  readonly onKey?: (event: KeyboardEvent, index: number) => boolean
  readonly onRange?: (first: number, last: number) => void
}

export function RowList(props: RowListProps) {
  const { role, label, count, columns, header, active, isSelected, attributes, row } = props
  const listId = useId()
  const { scroller, shown, items, height, isThere } = useVisibleRows(props)
  const keys = useRowKeys(props, shown, scroller)

  return (
    <div
      ref={scroller}
      role={role}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={isThere(active) ? `${listId}-${active}` : undefined}
      tabIndex={0}
      className={styles['list']}
      style={{ '--columns': columns }}
      {...keys}
    >
      <div role="rowgroup" className={styles['head']}>
        <div role="row" aria-rowindex={1} className={styles['row']}>
          {header}
        </div>
      </div>
      <div role="rowgroup" className={styles['body']} style={{ height }}>
        {items.map((item) => (
          <div
            key={item.key}
            id={`${listId}-${item.index}`}
            role="row"
            aria-rowindex={item.index + 2}
            aria-selected={isSelected(item.index)}
            data-index={item.index}
            data-active={item.index === active || undefined}
            className={styles['row']}
            style={{ transform: `translateY(${item.start - ROW_HEIGHT}px)` }}
            {...attributes?.(item.index)}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The rows on the screen and some around them; keeps the active row in sight. */
function useVisibleRows({ count, active, onRange }: RowListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const shown = Math.min(count, MAX_ROWS)
  const virtualizer = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: shown <= WHOLE_LIST ? WHOLE_LIST : 20,
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onRange?.(first, last), [onRange, first, last])
  useEffect(() => {
    if (active < 0) return
    const { startIndex, endIndex } = virtualizer.calculateRange() ?? { startIndex: 0, endIndex: 0 }
    const isNear = active >= startIndex - 1 && active <= endIndex + 1
    virtualizer.scrollToIndex(active, { align: isNear ? 'auto' : 'center' })
  }, [virtualizer, active])
  useEffect(() => {
    // The focus was left on the view when the list before went away: the keys go on here.
    if (document.activeElement?.tagName === 'MAIN') scroller.current?.focus({ preventScroll: true })
  }, [])
  const isThere = (index: number) => items.length > 0 && index >= first && index <= last
  return { scroller, shown, items, height: virtualizer.getTotalSize(), isThere }
}

function useRowKeys(
  { active, onActivate, onOpen, onMenu, onKey }: RowListProps,
  count: number,
  scroller: { readonly current: HTMLDivElement | null },
) {
  const pageRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
  const moves: Record<string, () => number> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + pageRows(),
    PageUp: () => active - pageRows(),
    Home: () => 0,
    End: () => count - 1,
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const move = moves[event.key]
    if (onKey?.(event, active) !== true) {
      if (move !== undefined) onActivate(Math.min(count - 1, Math.max(0, move())))
      else if (event.key === 'Enter' && active >= 0) onOpen(active)
      else if ((event.key === '.' || event.key === 'ContextMenu') && active >= 0) openMenuAtRow()
      else return
    }
    event.preventDefault()
  }

  function openMenuAtRow() {
    const row = scroller.current?.querySelector('[data-active]')?.getBoundingClientRect()
    if (row !== undefined) onMenu?.(active, { x: row.left + 24, y: row.bottom })
  }

  function onContextMenu(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index === undefined || onMenu === undefined) return
    event.preventDefault()
    onActivate(index)
    onMenu(index, { x: event.clientX, y: event.clientY })
  }

  function onClick(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index !== undefined) onActivate(index)
  }

  function onDoubleClick(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index !== undefined) onOpen(index)
  }

  return { onKeyDown, onContextMenu, onClick, onDoubleClick }
}

/** The row that was hit; buttons and links within a row do their own work. */
function rowIndexAt(target: EventTarget): number | undefined {
  if (!(target instanceof Element) || target.closest('button, a') !== null) return undefined
  const row = target.closest('[data-index]')
  return row === null ? undefined : Number(row.getAttribute('data-index'))
}
