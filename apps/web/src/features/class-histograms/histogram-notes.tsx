/** What has to be known about figures before they are believed. */
import { useTranslation } from 'react-i18next'
import type { GrowthColumn, HistogramNote } from '@heaptrail/api/class-histograms'
import { histogramNoteText } from '@heaptrail/api/finding-texts/histogram-notes'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { PlacedTimeText } from '../../widgets/placed-time.tsx'
import styles from './class-histograms.module.css'

interface HistogramNotesProps {
  readonly notes: readonly HistogramNote[]
  readonly columns: readonly GrowthColumn[]
}

export function HistogramNotes({ notes, columns }: HistogramNotesProps) {
  const { t, i18n } = useTranslation()
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en'
  return (
    <ul className={styles['notes']}>
      {columns.map(({ artifactId, part, name, time, counted, classes, bytes }, index) => (
        <li key={`${artifactId} ${part}`}>
          {columns.length > 1 && <b>{index + 1} </b>}
          {name} · <PlacedTimeText time={time} /> ·{' '}
          {t('growth.columnFacts', { count: classes, formatted: formatCount(classes), bytes: formatBytes(bytes) })} ·{' '}
          {t(`histo.counted.${counted}`)}
        </li>
      ))}
      {notes.map((note) => (
        <li key={note.id} className={note.id === 'garbage-counted' ? styles['warning'] : undefined}>
          {histogramNoteText(note, language)}
        </li>
      ))}
    </ul>
  )
}
