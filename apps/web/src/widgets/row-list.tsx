/**
 * The rows of every table and tree: fixed height, virtualised, one focusable element that the arrow keys
 * walk (`aria-activedescendant`), and the same keys everywhere: Enter opens, `.` shows the actions.
 */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
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

export interface RowListProps<Item> {
  readonly role: 'grid' | 'treegrid'
  readonly label: string
  /** Rows that can be scrolled to. */
  readonly count: number
  /** `grid-template-columns` */
  readonly columns: string
  readonly header: ReactNode
  /** Row under the keyboard; -1: none. */
  readonly active: number
  /** Several rows can be selected. */
  readonly multiple?: boolean
  readonly isSelected: (index: number) => boolean
  /**
   * What a row shows. A row is rendered anew when this is another object, when the keyboard comes to it or leaves it, and
   * when `attributes` or `cells` are other functions than before: these depend on nothing else.
   */
  item(index: number): Item
  /** Names rows that move when others come before them; without it, rows are known by where they stand. */
  keyOf?(item: Item): string
  attributes?(item: Item): RowAttributes
  cells(item: Item, isActive: boolean): ReactNode
  readonly onActivate: (index: number, how: Activation) => void
  readonly onOpen: (index: number) => void
  readonly onMenu?: ((index: number, at: { x: number; y: number }) => void) | undefined
  /** Keys of a special list; answers true when it took the key. */
  readonly onKey?: (event: KeyboardEvent, index: number) => boolean
  readonly onRange?: (first: number, last: number) => void
}

/**
 * What becomes of the selection: the row instead of what was selected, all rows from the last one to it (Shift), the row
 * added or taken away (Ctrl, Space), nothing (Ctrl with the arrows). Only `one` where a single row can be selected.
 */
export type Activation = 'one' | 'range' | 'toggle' | 'none'

export function RowList<Item>(props: RowListProps<Item>) {
  const { role, label, count, columns, header, active, isSelected, item, keyOf, attributes, cells } = props
  const listId = useId()
  const { scroller, shown, items, height, isThere } = useVisibleRows(props)
  const keys = useRowKeys(props, shown, scroller)

  return (
    <div
      ref={scroller}
      role={role}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable={props.multiple}
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
        {items.map(({ index, start }) => {
          const shown = item(index)
          return (
            <ListRow
              key={keyOf?.(shown) ?? index}
              listId={listId}
              index={index}
              top={start - ROW_HEIGHT}
              item={shown}
              isActive={index === active}
              isSelected={isSelected(index)}
              attributes={attributes}
              cells={cells}
            />
          )
        })}
      </div>
    </div>
  )
}

interface ListRowProps extends CellsProps, Pick<RowListProps<unknown>, 'attributes'> {
  readonly listId: string
  readonly index: number
  /** px from the first row. */
  readonly top: number
  readonly isSelected: boolean
}

interface CellsProps extends Pick<RowListProps<unknown>, 'cells'> {
  readonly item: unknown
  readonly isActive: boolean
}

/** A step of the keyboard renders two rows, whatever stands on the screen. */
const ListRow = memo(function ListRow(props: ListRowProps) {
  const { listId, index, top, item, isActive, isSelected, attributes, cells } = props
  return (
    <div
      id={`${listId}-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      data-active={isActive || undefined}
      className={styles['row']}
      style={{ transform: `translateY(${top}px)` }}
      {...attributes?.(item)}
    >
      <Cells item={item} isActive={isActive} cells={cells} />
    </div>
  )
})

/** A row that others push down is somewhere else, but shows the same. */
const Cells = memo(function Cells({ item, isActive, cells }: CellsProps) {
  return cells(item, isActive)
})

/** The rows on the screen and some around them; keeps the active row in sight. */
function useVisibleRows<Item>({ count, active, onRange }: RowListProps<Item>) {
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
    const place = placeInSight(virtualizer, active)
    if (place !== 'in-sight') virtualizer.scrollToIndex(active, { align: place === 'near' ? 'auto' : 'center' })
  }, [virtualizer, active])
  useEffect(() => {
    // The focus was left on the view when the list before went away: the keys go on here.
    if (document.activeElement?.tagName === 'MAIN') scroller.current?.focus({ preventScroll: true })
  }, [])
  const isThere = (index: number) => items.length > 0 && index >= first && index <= last
  return { scroller, shown, items, height: virtualizer.getTotalSize(), isThere }
}

/** From what is known without asking the browser for a layout, which costs more than a step of the keyboard. */
function placeInSight(virtualizer: Virtualizer<HTMLDivElement, Element>, active: number): 'in-sight' | 'near' | 'far' {
  const top = virtualizer.scrollOffset ?? 0
  const height = (virtualizer.scrollRect?.height ?? 0) - ROW_HEIGHT
  const from = active * ROW_HEIGHT - top
  // A horizontal scrollbar may lie over the last row.
  if (from >= 0 && from + 2 * ROW_HEIGHT <= height) return 'in-sight'
  return from >= -2 * ROW_HEIGHT && from <= height + ROW_HEIGHT ? 'near' : 'far'
}

function useRowKeys<Item>(
  { active, multiple = false, isSelected, onActivate, onOpen, onMenu, onKey }: RowListProps<Item>,
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
    if (event.target !== event.currentTarget || event.altKey || count === 0) return
    const move = moves[event.key]
    const isToggle = multiple && event.key === ' ' && active >= 0
    const withControl = event.ctrlKey || event.metaKey
    if (withControl && !(multiple && (isToggle || move !== undefined))) return
    if (isToggle) onActivate(active, 'toggle')
    else if (withControl || onKey?.(event, active) !== true) {
      if (move !== undefined) onActivate(Math.min(count - 1, Math.max(0, move())), activationOf(event, 'none'))
      else if (event.key === 'Enter' && active >= 0) onOpen(active)
      else if ((event.key === '.' || event.key === 'ContextMenu') && active >= 0) openMenuAtRow()
      else return
    }
    event.preventDefault()
  }

  function activationOf(event: KeyboardEvent | MouseEvent, withControl: Activation): Activation {
    if (!multiple) return 'one'
    if (event.shiftKey) return 'range'
    return event.ctrlKey || event.metaKey ? withControl : 'one'
  }

  function openMenuAtRow() {
    const row = scroller.current?.querySelector('[data-active]')?.getBoundingClientRect()
    if (row !== undefined) onMenu?.(active, { x: row.left + 24, y: row.bottom })
  }

  function onContextMenu(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index === undefined || onMenu === undefined) return
    event.preventDefault()
    if (!multiple || !isSelected(index)) onActivate(index, 'one')
    onMenu(index, { x: event.clientX, y: event.clientY })
  }

  /** Shift and a click would select the text in between. */
  function onMouseDown(event: MouseEvent) {
    if (!multiple || !event.shiftKey || rowIndexAt(event.target) === undefined) return
    event.preventDefault()
    scroller.current?.focus({ preventScroll: true })
  }

  function onClick(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index !== undefined) onActivate(index, activationOf(event, 'toggle'))
  }

  function onDoubleClick(event: MouseEvent) {
    const index = rowIndexAt(event.target)
    if (index !== undefined) onOpen(index)
  }

  return { onKeyDown, onContextMenu, onMouseDown, onClick, onDoubleClick }
}

/** The row that was hit; buttons and links within a row do their own work. */
function rowIndexAt(target: EventTarget): number | undefined {
  if (!(target instanceof Element) || target.closest('button, a') !== null) return undefined
  const row = target.closest('[data-index]')
  return row === null ? undefined : Number(row.getAttribute('data-index'))
}
