/** The words of one finding: what holds, why it stays, what would be freed, what to do, what speaks against it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { SeverityIcon, languageOf } from '../../widgets/finding-cards.tsx'
import { FindingWords } from '../../widgets/finding-words.tsx'
import { figuresIn } from './figures-in.ts'
import type { OfDump } from './of-dump.ts'
import { placesIn } from './places-in.ts'
import styles from './suspects.module.css'

interface StoryProps {
  readonly finding: HeapFinding
  readonly of: OfDump
  /** What people say to it. */
  readonly children: ReactNode
}

export function Story({ finding, of, children }: StoryProps) {
  const { t, i18n } = useTranslation()
  const { title, explanation, freed, nextStep, against } = heapFindingText(finding, languageOf(i18n.language))
  const links = { places: placesIn(finding, of), figures: figuresIn(finding, of) }
  const severity = finding.id === 'no-suspect' ? 'healthy' : finding.severity
  return (
    <div className={styles['story']}>
      <h2 className={styles['title']}>
        <SeverityIcon severity={severity} />
        <span>
          <span className="visually-hidden">{t(`finding.severity.${severity}`)}: </span>
          <FindingWords text={title} {...links} />
        </span>
      </h2>
      <p>
        <FindingWords text={explanation} {...links} />
      </p>
      <dl className={styles['points']}>
        <Point name={t('suspects.freed')} text={freed}>
          <FindingWords text={freed} {...links} />
        </Point>
        <Point name={t('suspects.next')} text={nextStep}>
          <FindingWords text={nextStep} {...links} />
        </Point>
        <Point name={t('suspects.against')} text={against}>
          <FindingWords text={against} {...links} />
        </Point>
      </dl>
      {children}
    </div>
  )
}

function Point({ name, text, children }: { name: string; text: string; children: ReactNode }) {
  if (text === '') return undefined
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
