/** The values under the cursor. */
import { useTranslation } from 'react-i18next'
import type { AxisUnit } from '@heaptrail/api/jstat'
import { formatCount, formatDecimal } from '../../format/count.ts'
import { isPercent } from '../../format/jstat-value.ts'
import { legendOf } from './columns.ts'
import type { ChartPoint } from './chart-points.ts'
import styles from './gc-view.module.css'

interface ChartTooltipProps {
  readonly axis: AxisUnit
  readonly columns: readonly string[]
  readonly hidden: readonly string[]
  /** Given by the chart. */
  readonly active?: boolean
  readonly payload?: readonly { readonly payload: ChartPoint }[]
}

export function ChartTooltip({ axis, columns, hidden, active = false, payload = [] }: ChartTooltipProps) {
  const { t } = useTranslation()
  const point = payload[0]?.payload
  if (!active || point === undefined) return undefined
  const shown = legendOf(columns).filter(({ name }) => !hidden.includes(name))
  return (
    <div className={styles['tooltip']}>
      <b>
        {axis === 'seconds' && `${formatDecimal(point.x)} s · `}
        {t('gc.row', { row: formatCount(point.row) })}
      </b>
      <dl>
        {shown.map(({ name, color }) => {
          const value = point[name]
          if (value === null || value === undefined) return undefined
          return (
            <div key={name}>
              <dt>
                <span className={styles['swatch']} style={{ background: color }} /> {name}
              </dt>
              <dd>{isPercent(name) ? `${formatDecimal(value)} %` : `+${formatCount(value)}`}</dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
