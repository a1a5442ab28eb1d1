/** Charts as a PNG: what stands on the screen, twice as fine, with its title and legend, on the page's background. */
import type { LegendEntry } from './legend.tsx'

const SCALE = 2
const PADDING = 12
const LINE = 20

/** @param charts the stack of charts; texts marked `data-picture-text` and recharts' drawings are taken over */
export async function pictureOf(charts: HTMLElement, title: string, legend: readonly LegendEntry[]): Promise<Blob> {
  const frame = charts.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  const head = PADDING + LINE * 2
  canvas.width = frame.width * SCALE
  canvas.height = (frame.height + head + PADDING) * SCALE
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser draws no pictures.')
  context.scale(SCALE, SCALE)
  const page = getComputedStyle(document.body)
  context.fillStyle = page.backgroundColor
  context.fillRect(0, 0, canvas.width, canvas.height)
  drawHead(context, title, legend, page)
  context.translate(-frame.left, head - frame.top)
  for (const drawing of charts.querySelectorAll<SVGSVGElement>('svg.recharts-surface')) {
    const { left, top, width, height } = drawing.getBoundingClientRect()
    if (width > 0 && height > 0) context.drawImage(await imageOf(drawing), left, top, width, height)
  }
  for (const text of charts.querySelectorAll<HTMLElement>('[data-picture-text]')) drawText(context, text)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('The picture is too large for this browser.')
  return blob
}

function drawHead(
  context: CanvasRenderingContext2D,
  title: string,
  legend: readonly LegendEntry[],
  page: CSSStyleDeclaration,
) {
  context.textBaseline = 'middle'
  context.fillStyle = page.color
  context.font = `600 13px ${page.fontFamily}`
  context.fillText(title, PADDING, PADDING + LINE / 2)
  context.font = `12px ${page.fontFamily}`
  let x = PADDING
  const y = PADDING + LINE * 1.5
  for (const { title: name, color } of legend) {
    context.fillStyle = colorOf(color)
    context.fillRect(x, y - 4, 8, 8)
    context.fillStyle = page.color
    context.fillText(name, x + 12, y)
    x += context.measureText(name).width + 28
  }
}

function drawText(context: CanvasRenderingContext2D, element: HTMLElement) {
  const { left, top, height } = element.getBoundingClientRect()
  const style = getComputedStyle(element)
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.fillStyle = style.color
  context.fillText(element.textContent, left, top + height / 2)
}

/** A drawing stands alone in a picture: colours that the page's style gives it are written into it. */
async function imageOf(drawing: SVGSVGElement): Promise<HTMLImageElement> {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const copies = copy.querySelectorAll('*')
  for (const [index, element] of [...drawing.querySelectorAll('*')].entries()) {
    const { fill, stroke, fontFamily, fontSize } = getComputedStyle(element)
    const target = copies[index]
    if (target === undefined) continue
    target.setAttribute('fill', fill)
    target.setAttribute('stroke', stroke)
    if (element.tagName !== 'text' && element.tagName !== 'tspan') continue
    target.setAttribute('font-family', fontFamily)
    target.setAttribute('font-size', fontSize)
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}

/** `var(--x)` as the colour that it has now. */
function colorOf(color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1]
  return name === undefined ? color : getComputedStyle(document.body).getPropertyValue(name)
}

/** Hands a file to the browser's downloads. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Revoked at once it would be gone before some browsers begin to save it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
