/** When a piece of evidence was taken, and who says so: what is guessed is marked. */
import { useTranslation } from 'react-i18next'
import type { PlacedTime } from '@heaptrail/api/text-parts'
import { formatInstant } from '../format/time.ts'
import styles from './placed-time.module.css'

export function PlacedTimeText({ time }: { time: PlacedTime }) {
  const { t, i18n } = useTranslation()
  const from = formatInstant(new Date(time.from).toISOString(), i18n.language)
  const isGuess = time.source === 'guessed'
  return (
    <span title={t(`time.basis.${time.basis}`)} className={isGuess ? styles['guess'] : undefined}>
      {isGuess ? t('time.guessed', { time: from }) : from}
    </span>
  )
}

/** Where the time comes from, in words. */
export function TimeBasisText({ time }: { time: PlacedTime }) {
  const { t } = useTranslation()
  const pace = time.pace === 'clock' ? '' : t(`time.pace.${time.pace}`)
  return (
    <>
      {t(`time.basis.${time.basis}`)}
      {pace !== '' && <> · {pace}</>}
    </>
  )
}
