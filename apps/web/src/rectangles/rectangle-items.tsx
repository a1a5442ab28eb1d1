/** The larger rectangles of a picture as boxes with a role and a name: what screen readers walk over. */
import { memo } from 'react'
import type { Layout } from './layout.ts'
import styles from './rectangle-map.module.css'

const MOST_ITEMS = 60
/** Square pixels; the picture names no smaller ones either. */
const LEAST_AREA = 600

export function itemId(label: string, node: number | undefined): string {
  return `${label.replaceAll(/\s+/g, '-')}-${node ?? ''}`
}

interface RectangleItemsProps {
  readonly layout: Layout
  readonly label: string
  readonly isFlat: boolean
  readonly active: number
  readonly sentence: (node: number) => string
}

export const RectangleItems = memo(function RectangleItems(props: RectangleItemsProps) {
  const { layout, label, isFlat, active, sentence } = props
  const named = largest(layout, isFlat ? 1 : 0)
  const shown = active === -1 || named.includes(active) ? named : [...named, active]
  return shown.map((at) => {
    const node = layout.node[at] ?? 0
    return (
      <div
        key={node}
        id={itemId(label, node)}
        role={isFlat ? 'option' : 'treeitem'}
        aria-label={sentence(node)}
        aria-selected={at === active}
        {...(isFlat ? {} : { 'aria-level': (layout.depth[at] ?? 0) + 1 })}
        className={styles['item']}
        style={{ left: layout.x[at], top: layout.y[at], width: layout.width[at], height: layout.height[at] }}
      />
    )
  })
})

/** Ascending by number, so that parents stand before what lies in them. */
function largest({ count, width, height }: Layout, from: number): number[] {
  const area = (at: number) => (width[at] ?? 0) * (height[at] ?? 0)
  const candidates: number[] = []
  for (let at = from; at < count; at++) if (area(at) >= LEAST_AREA) candidates.push(at)
  return candidates
    .toSorted((a, b) => area(b) - area(a))
    .slice(0, MOST_ITEMS)
    .toSorted((a, b) => a - b)
}
