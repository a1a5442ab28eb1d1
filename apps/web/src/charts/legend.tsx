/** What the colours mean; each can be switched off. */
import { useTranslation } from 'react-i18next'
import styles from './charts.module.css'

export interface LegendEntry {
  readonly name: string
  readonly title: string
  readonly color: string
  /** As the chart draws it. */
  readonly look: 'line' | 'bar' | 'dots'
}

interface LegendProps {
  readonly entries: readonly LegendEntry[]
  readonly hidden: readonly string[]
  readonly onChange: (hidden: readonly string[]) => void
}

export function Legend({ entries, hidden, onChange }: LegendProps) {
  const { t } = useTranslation()
  return (
    <div role="group" aria-label={t('chart.legend')} className={styles['legend']} data-picture-legend>
      {entries.map(({ name, title, color, look }) => {
        const isShown = !hidden.includes(name)
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isShown}
            title={t('chart.toggle')}
            className={styles['series']}
            onClick={() => onChange(isShown ? [...hidden, name] : hidden.filter((other) => other !== name))}
          >
            <span aria-hidden data-look={look} className={styles['swatch']} style={{ background: color }} />
            {title}
          </button>
        )
      })}
    </div>
  )
}
