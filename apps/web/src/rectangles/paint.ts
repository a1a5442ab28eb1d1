/** Draws a layout of rectangles on a canvas, with names where there is room for them. */
import { HEADER, HEADER_LEAST, type Layout } from './layout.ts'
import { MAP_COLOURS, NO_COLOUR } from './package-colour.ts'

/** Two lines of a rectangle: what it is, and how much. */
export interface RectangleText {
  readonly title: string
  readonly detail: string
}

export interface PaintRules {
  readonly text: (node: number) => RectangleText
  /** One of the colours of `--ht-map-…`, or NO_COLOUR. */
  readonly colour: (node: number) => number
  /** Of a lighter colour, for what stands for many. */
  readonly isPale?: (node: number) => boolean
}

interface Theme {
  readonly fills: readonly string[]
  readonly none: string
  readonly gap: string
  readonly text: string
  readonly font: string
}

const LEAST_TEXT = { width: 34, height: 14 } as const
const PADDING = 4
const LINE = 15
const PALE = 0.4

/** Colours and font as they are where the element stands, in the theme of the moment. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--ht-${name}`).trim()
  return {
    fills: Array.from({ length: MAP_COLOURS }, (_, colour) => token(`map-${colour}`)),
    none: token('map-none'),
    gap: token('bg'),
    text: token('text'),
    font: style.fontFamily,
  }
}

/**
 * @param parents rectangles with others in them
 * @param ratio device pixels per CSS pixel; the canvas has been sized with it
 */
export function paint(
  context: CanvasRenderingContext2D,
  layout: Layout,
  parents: ReadonlySet<number>,
  rules: PaintRules,
  theme: Theme,
  ratio: number,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.textBaseline = 'middle'
  for (let at = 0; at < layout.count; at++) {
    const node = layout.node[at] ?? 0
    const box = boxOf(layout, at)
    const colour = rules.colour(node)
    context.fillStyle = theme.gap
    context.fillRect(box.x, box.y, box.width, box.height)
    context.fillStyle = colour === NO_COLOUR ? theme.none : (theme.fills[colour] ?? theme.none)
    // A line of the background between neighbours, where it leaves something to see.
    const gap = box.width > 3 && box.height > 3 ? 1 : 0
    context.globalAlpha = rules.isPale?.(node) === true ? PALE : 1
    context.fillRect(box.x, box.y, box.width - gap, box.height - gap)
    context.globalAlpha = 1
    // A rectangle with others in it has a line for its name, or no name.
    const least = parents.has(at) ? HEADER_LEAST : LEAST_TEXT
    if ((layout.width[at] ?? 0) >= least.width && (layout.height[at] ?? 0) >= least.height)
      write(context, box, rules.text(node), parents.has(at), theme)
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** On whole pixels, so that edges are sharp and neighbours meet. */
function boxOf(layout: Layout, at: number): Box {
  const x = Math.round(layout.x[at] ?? 0)
  const y = Math.round(layout.y[at] ?? 0)
  const right = Math.round((layout.x[at] ?? 0) + (layout.width[at] ?? 0))
  const bottom = Math.round((layout.y[at] ?? 0) + (layout.height[at] ?? 0))
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }
}

function write(
  context: CanvasRenderingContext2D,
  box: Box,
  { title, detail }: RectangleText,
  isParent: boolean,
  theme: Theme,
): void {
  const room = box.width - 2 * PADDING - 1
  // A rectangle with others in it, or one that is a row itself, has one line.
  const oneLine = isParent || box.height < 2 * LINE + 2
  const middle = box.y + (oneLine ? Math.min(box.height, isParent ? HEADER : box.height) / 2 : LINE / 2 + 2)
  context.fillStyle = theme.text
  context.font = `600 12px ${theme.font}`
  const shown = fitted(context, title, room)
  context.fillText(shown, box.x + PADDING, middle)
  const used = context.measureText(shown).width
  context.font = `12px ${theme.font}`
  if (!oneLine) context.fillText(fitted(context, detail, room), box.x + PADDING, middle + LINE)
  else if (shown === title && context.measureText(detail).width <= room - used - 8)
    context.fillText(detail, box.x + PADDING + used + 8, middle)
}

/** The text, or its beginning and an ellipsis, as far as there is room. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = context.measureText(text).width
  if (width <= room) return text
  let length = Math.floor((text.length * room) / width)
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return length < 2 ? '' : `${text.slice(0, length)}…`
}
