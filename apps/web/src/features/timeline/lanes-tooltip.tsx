/** What stands at the cursor in every lane. */
import { useTranslation } from 'react-i18next'
import { nearest } from '../../charts/gestures.ts'
import { formatBytes } from '../../format/bytes.ts'
import { formatDecimal } from '../../format/count.ts'
import type { Lane, LogLane } from './lanes.tsx'

interface LanesTooltipProps {
  readonly lanes: readonly Lane[]
  readonly hidden: readonly string[]
  readonly position: string
  readonly x: number
}

export function LanesTooltip({ lanes, hidden, position, x }: LanesTooltipProps) {
  const { t } = useTranslation()
  return (
    <>
      <b>{position}</b>
      {lanes.map((lane) => {
        const { item } = lane
        // A log says nothing about moments at which it did not run.
        const isThere = x >= item.time.from && x <= item.time.to
        if (!isThere) return undefined
        return (
          <dl key={`${item.artifactId} ${item.part} ${lane.kind === 'process' ? lane.process.pid : ''}`}>
            <div>
              <dt>{item.name}</dt>
            </div>
            {lane.kind === 'log' ? (
              <LogLines lane={lane} hidden={hidden} x={x} />
            ) : (
              <div>
                <dt>{t('top.series.RES')}</dt>
                <dd>{bytes(lane.process.residentBytes[nearest(lane.x, x)])}</dd>
              </div>
            )}
          </dl>
        )
      })}
    </>
  )
}

function LogLines({ lane: { series }, hidden, x }: { lane: LogLane; hidden: readonly string[]; x: number }) {
  const { t } = useTranslation()
  const index = nearest(series.x, x)
  const share = series.intervals.gcShare[series.intervals.from.findLastIndex((from) => from <= x)]
  return (
    <>
      {(['O', 'E'] as const).map((name) => {
        const value = series.spaces[name]?.percent[index]
        return (
          typeof value === 'number' &&
          !hidden.includes(name) && (
            <div key={name}>
              <dt>{t(`gc.series.${name}`)}</dt>
              <dd>{formatDecimal(value)} %</dd>
            </div>
          )
        )
      })}
      {typeof share === 'number' && !hidden.includes('time') && (
        <div>
          <dt>{t('gc.series.time')}</dt>
          <dd>{formatDecimal(Math.round(share * 10) / 10)} %</dd>
        </div>
      )}
    </>
  )
}

function bytes(value: number | null | undefined): string {
  return typeof value === 'number' ? formatBytes(value) : '–'
}
