/**
 * A weighed tree as a treemap or an icicle on a canvas. One focusable element: arrow keys walk (right and left along
 * siblings, down to the heaviest child, up to the parent), Enter opens, `.` shows the actions. The larger rectangles stand
 * over the canvas as nameless boxes with a role and a name, for screen readers.
 */
import { useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { icicleLayout, rectangleAt, rectangleOf, treemapLayout, type Layout } from './layout.ts'
import { moveTo } from './moves.ts'
import { paint, type PaintRules } from './paint.ts'
import { RectangleItems, itemId } from './rectangle-items.tsx'
import { useCanvas, useFrame } from './use-canvas.ts'
import type { WeighedTree } from './weighed-tree.ts'
import styles from './rectangle-map.module.css'

export interface RectangleMapProps {
  readonly label: string
  readonly tree: WeighedTree
  /** `flat`: a treemap of the children of `top` only. */
  readonly arrangement: 'treemap' | 'icicle' | 'flat'
  /** The node that fills the picture. */
  readonly top?: number
  /** Node under the keyboard. */
  readonly selected: number | undefined
  /** What stands in the rectangles, and their colours. The same object as long as these are the same. */
  readonly rules: PaintRules
  /** One line for screen readers and tooltips. */
  readonly sentence: (node: number) => string
  /** A click, or a step of the keyboard. */
  readonly onSelect: (node: number) => void
  /** A click opens, where there is nothing to look at in between. */
  readonly opensAtOnce?: boolean
  /** Enter, or a click on what is selected. */
  readonly onOpen: (node: number) => void
  readonly onMenu?: (node: number, at: { x: number; y: number }) => void
  /** Keys beside those that walk and open; answers true when it took the key. */
  readonly onKey?: (event: KeyboardEvent) => boolean
}

export function RectangleMap(props: RectangleMapProps) {
  const { label, tree, arrangement, top = 0, selected, rules, sentence } = props
  const { frame, size } = useFrame()
  const layout = useMemo(() => {
    if (arrangement === 'icicle') return icicleLayout(tree, top, size)
    return treemapLayout(tree, top, size, arrangement === 'flat')
  }, [tree, arrangement, top, size])
  // In an icicle nothing lies in anything else.
  const parents = useMemo(
    () => (arrangement === 'icicle' ? new Set<number>() : parentsIn(layout, tree)),
    [arrangement, layout, tree],
  )
  const canvas = useCanvas(
    size,
    useMemo(
      () => (context, theme, ratio) => paint(context, layout, parents, rules, theme, ratio),
      [layout, parents, rules],
    ),
  )
  const [hovered, setHovered] = useState<{ rectangle: number; x: number; y: number } | undefined>(undefined)
  const acts = useActs(props, layout, (rectangle, x, y) =>
    setHovered(rectangle === -1 ? undefined : { rectangle, x, y }),
  )
  const active = rectangleOf(layout, selected)
  const shownHover = hovered !== undefined && hovered.rectangle < layout.count ? hovered : undefined
  const id = itemId(label, selected)

  return (
    <div
      ref={frame}
      role={arrangement === 'flat' ? 'listbox' : 'tree'}
      aria-label={label}
      aria-activedescendant={active === -1 ? undefined : id}
      tabIndex={0}
      className={styles['map']}
      data-rectangles={layout.count}
      {...acts}
    >
      <canvas ref={canvas} className={styles['canvas']} />
      <RectangleItems
        layout={layout}
        label={label}
        isFlat={arrangement === 'flat'}
        active={active}
        sentence={sentence}
      />
      {shownHover !== undefined && <Ring layout={layout} rectangle={shownHover.rectangle} kind="hovered" />}
      {active !== -1 && <Ring layout={layout} rectangle={active} kind="active" />}
      {shownHover !== undefined && (
        <Tooltip
          {...shownHover}
          width={size.width}
          height={size.height}
          text={sentence(layout.node[shownHover.rectangle] ?? 0)}
        />
      )}
    </div>
  )
}

/** Rectangles with others in them. */
function parentsIn(layout: Layout, tree: WeighedTree): ReadonlySet<number> {
  const numberOf = new Map<number, number>()
  const parents = new Set<number>()
  for (let at = 0; at < layout.count; at++) {
    const node = layout.node[at] ?? 0
    numberOf.set(node, at)
    const above = numberOf.get(tree.parent[node] ?? -1)
    if (above !== undefined && at > 0) parents.add(above)
  }
  return parents
}

function useActs(
  { arrangement, tree, selected, opensAtOnce = false, onSelect, onOpen, onMenu, onKey }: RectangleMapProps,
  layout: Layout,
  onHover: (rectangle: number, x: number, y: number) => void,
) {
  /** Undefined where nothing is: in a flat picture the rectangle behind the others stands for what is left out. */
  function at(event: MouseEvent<HTMLElement>) {
    const frame = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - frame.left
    const y = event.clientY - frame.top
    const rectangle = rectangleAt(layout, x, y)
    return { x, y, rectangle, node: arrangement === 'flat' && rectangle <= 0 ? undefined : layout.node[rectangle] }
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = moveTo(tree, layout, selected, event.key)
    const isThere = rectangleOf(layout, selected) !== -1
    if (onKey?.(event) !== true) {
      if (next !== undefined && !(arrangement === 'flat' && next === layout.node[0])) onSelect(next)
      else if (event.key === 'Enter' && selected !== undefined && isThere) onOpen(selected)
      else if ((event.key === '.' || event.key === 'ContextMenu') && selected !== undefined && isThere)
        menuAtSelected(event.currentTarget)
      else if (!event.key.startsWith('Arrow')) return
    }
    event.preventDefault()
  }
  function menuAtSelected(frame: HTMLElement) {
    const box = frame.getBoundingClientRect()
    const rectangle = rectangleOf(layout, selected)
    const x = box.left + (layout.x[rectangle] ?? 0) + 8
    const y = box.top + (layout.y[rectangle] ?? 0) + Math.min(24, layout.height[rectangle] ?? 0)
    if (selected !== undefined) onMenu?.(selected, { x, y })
  }
  return {
    onKeyDown,
    onMouseMove: (event: MouseEvent<HTMLElement>) => {
      const { rectangle, x, y } = at(event)
      onHover(rectangle, x, y)
    },
    onMouseLeave: () => onHover(-1, 0, 0),
    onClick: (event: MouseEvent<HTMLElement>) => {
      const { node } = at(event)
      if (node === undefined) return
      if (node === selected || opensAtOnce) onOpen(node)
      else onSelect(node)
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      const { node } = at(event)
      if (node === undefined || onMenu === undefined) return
      event.preventDefault()
      onSelect(node)
      onMenu(node, { x: event.clientX, y: event.clientY })
    },
  }
}

function Ring({ layout, rectangle, kind }: { layout: Layout; rectangle: number; kind: 'hovered' | 'active' }) {
  const place = {
    left: layout.x[rectangle] ?? 0,
    top: layout.y[rectangle] ?? 0,
    width: Math.max(3, layout.width[rectangle] ?? 0),
    height: Math.max(3, layout.height[rectangle] ?? 0),
  }
  return <div className={styles[kind]} style={place} aria-hidden />
}

const TOOLTIP_OFFSET = 14

/** Beside the pointer, on the side where there is more room. */
function Tooltip(props: { x: number; y: number; width: number; height: number; text: string }) {
  const { x, y, width, height, text } = props
  const horizontal = x < width / 2 ? { left: x + TOOLTIP_OFFSET } : { right: width - x + TOOLTIP_OFFSET }
  const vertical = y < height / 2 ? { top: y + TOOLTIP_OFFSET } : { bottom: height - y + TOOLTIP_OFFSET }
  return (
    <div className={styles['tooltip']} style={{ ...horizontal, ...vertical }} aria-hidden>
      {text}
    </div>
  )
}
