/** Lines, points and bars with positions of their own, drawn with the scales of the chart around them. */
import { useId } from 'react'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'

type Values = readonly (number | null)[]

interface LineOfItsOwnProps {
  readonly x: readonly number[]
  readonly y: Values
  readonly color: string
  readonly width?: number
  readonly dash?: string
  readonly dots?: boolean
}

/** More of them would be a thick line. */
const MOST_DOTS = 120

/** A line that is interrupted where a value is unknown. */
export function LineOfItsOwn({ x, y, color, width = 1, dash, dots = false }: LineOfItsOwnProps) {
  const toX = useXAxisScale()
  const toY = useYAxisScale()
  const plot = usePlotArea()
  const clip = useId()
  if (toX === undefined || toY === undefined || plot === undefined) return undefined
  const points = x.map((position, index) => {
    const value = y[index]
    return value === null || value === undefined ? undefined : { x: toX(position) ?? 0, y: toY(value) ?? 0 }
  })
  return (
    <g clipPath={`url(#${clip})`}>
      <clipPath id={clip}>
        <rect x={plot.x} y={plot.y - 3} width={plot.width} height={plot.height + 6} />
      </clipPath>
      <path d={pathOf(points)} fill="none" stroke={color} strokeWidth={width} strokeDasharray={dash} />
      {dots &&
        points.length <= MOST_DOTS &&
        points.map(
          (point, index) =>
            point && <circle key={index} cx={point.x} cy={point.y} r={2.5} fill={color} stroke="none" />,
        )}
    </g>
  )
}

export function pathOf(points: readonly ({ readonly x: number; readonly y: number } | undefined)[]): string {
  let path = ''
  let isDrawing = false
  for (const point of points) {
    if (point !== undefined) path += `${isDrawing ? 'L' : 'M'}${point.x.toFixed(1)},${point.y.toFixed(1)}`
    isDrawing = point !== undefined
  }
  return path
}

interface BarSeries {
  readonly name: string
  readonly color: string
  readonly values: Values
}

interface IntervalBarsProps {
  /** Lower ends of the intervals; the last one ends at `end`. */
  readonly from: readonly number[]
  readonly end: number
  /** From the bottom up. */
  readonly series: readonly BarSeries[]
}

/** Stacked bars, each as wide as its interval. */
export function IntervalBars({ from, end, series }: IntervalBarsProps) {
  const toX = useXAxisScale()
  const toY = useYAxisScale()
  if (toX === undefined || toY === undefined) return undefined
  const base = from.map(() => 0)
  return (
    <g>
      {series.map(({ name, color, values }) => (
        <path
          key={name}
          fill={color}
          d={from
            .map((start, index) => {
              const value = values[index] ?? 0
              if (value <= 0) return ''
              const low = base[index] ?? 0
              base[index] = low + value
              const left = toX(start) ?? 0
              // A gap between neighbours, unless they are too narrow for one.
              const width = (toX(from[index + 1] ?? end) ?? 0) - left
              return barPath(left, Math.max(1, width > 3 ? width - 1 : width), toY(low + value) ?? 0, toY(low) ?? 0)
            })
            .join('')}
        />
      ))}
    </g>
  )
}

function barPath(left: number, width: number, top: number, bottom: number): string {
  // What happened at all is seen.
  const height = Math.max(1, bottom - top)
  return `M${left.toFixed(1)},${bottom.toFixed(1)}v${(-height).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`
}
