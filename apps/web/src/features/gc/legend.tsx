/** What the colours mean; each can be switched off. */
import { useTranslation } from 'react-i18next'
import { legendOf } from './columns.ts'
import styles from './gc-view.module.css'

interface LegendProps {
  readonly columns: readonly string[]
  readonly hidden: readonly string[]
  readonly onChange: (hidden: readonly string[]) => void
}

export function Legend({ columns, hidden, onChange }: LegendProps) {
  const { t } = useTranslation()
  return (
    <div role="group" aria-label={t('gc.legend')} className={styles['legend']}>
      {legendOf(columns).map(({ name, color }) => {
        const isShown = !hidden.includes(name)
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isShown}
            title={t('gc.toggle')}
            className={styles['series']}
            onClick={() => onChange(isShown ? [...hidden, name] : hidden.filter((other) => other !== name))}
          >
            <span aria-hidden className={styles['swatch']} style={{ background: color }} />
            {seriesTitle(name)}
          </button>
        )
      })}
    </div>
  )

  function seriesTitle(name: string): string {
    switch (name) {
      case 'O':
      case 'E':
      case 'S0':
      case 'S1':
      case 'M':
      case 'CCS':
      case 'P':
      case 'YGC':
      case 'FGC':
      case 'CGC':
        return t(`gc.series.${name}`)
      default:
        return name
    }
  }
}
