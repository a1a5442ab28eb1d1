/** Findings in words: the gravest first, each with what was seen, what to do, and the way to its rows. */
import { IconAlertTriangle, IconCircleCheck, IconFlame, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingText } from '@heaptrail/api/finding-texts/catalogue'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import { findingText } from '@heaptrail/api/finding-texts/text'
import type { Finding, Severity } from '@heaptrail/api/findings'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { FindingWords, plainWords } from './finding-words.tsx'
import styles from './finding-cards.module.css'

export interface CardOfFinding {
  readonly key: string
  readonly finding: Finding | HeapFinding
  /** Where it was found, in words; absent where that is plain. */
  readonly where?: ReactNode
  /** Buttons and links to its evidence. */
  readonly actions: ReactNode
  readonly isCurrent?: boolean
  /** Somebody thinks that it is none: why, and how to take that back. */
  readonly dismissed?: ReactNode
}

interface FindingCardsProps {
  readonly label: string
  readonly cards: readonly CardOfFinding[]
  /** Titles and links only. */
  readonly isShort?: boolean
}

/** What these say is of the recording, not of the program. */
const ABOUT_THE_LOG: ReadonlySet<string> = new Set(['no-clock', 'no-occupancy'])

/** Notes stand folded behind what is grave; without anything grave they are the answer. */
export function FindingCards({ label, cards, isShort = false }: FindingCardsProps) {
  const { t, i18n } = useTranslation()
  const gone = cards.filter(({ dismissed }) => dismissed !== undefined)
  const counting = cards.filter(({ dismissed }) => dismissed === undefined)
  const isGrave = ({ finding }: CardOfFinding) => finding.severity !== 'info'
  const isVerdict = counting.some(isGrave) ? isGrave : ({ finding }: CardOfFinding) => !ABOUT_THE_LOG.has(finding.id)
  const graveOrNone = counting.filter(isVerdict)
  const rest = counting.filter((card) => !isVerdict(card))
  const isSplit = graveOrNone.length > 0 && rest.length > 0
  const [grave, notes] = isSplit ? [graveOrNone, rest] : [counting, []]
  return (
    <>
      <CardList label={label} cards={grave} isShort={isShort} />
      {notes.length > 0 && (
        <details className={styles['notes']} open={notes.some(({ isCurrent }) => isCurrent)}>
          <summary>{t('finding.notes', { count: notes.length, titles: titlesOf(notes) })}</summary>
          <CardList label={t('finding.noteList')} cards={notes} isShort={isShort} />
        </details>
      )}
      {gone.length > 0 && (
        <details className={styles['notes']}>
          <summary>{t('finding.dismissed', { count: gone.length, titles: titlesOf(gone) })}</summary>
          <CardList label={t('finding.dismissedList')} cards={gone} isShort={isShort} />
        </details>
      )}
    </>
  )

  function titlesOf(folded: readonly CardOfFinding[]): string {
    const titles = folded.map(({ finding }) => plainWords(textOf(finding, languageOf(i18n.language)).title))
    return [...new Set(titles)].join(' · ')
  }
}

function CardList({ label, cards, isShort }: Required<FindingCardsProps>) {
  if (cards.length === 0) return undefined
  return (
    <ul className={styles['cards']} aria-label={label}>
      {cards.map(({ key, ...card }) => (
        <li key={key}>
          <Card {...card} isShort={isShort} />
        </li>
      ))}
    </ul>
  )
}

function Card({
  finding,
  where,
  actions,
  isCurrent,
  dismissed,
  isShort,
}: Omit<CardOfFinding, 'key'> & { isShort: boolean }) {
  const { t, i18n } = useTranslation()
  const { title, explanation, nextStep } = textOf(finding, languageOf(i18n.language))
  const isWell = finding.id === 'healthy' || finding.id === 'no-suspect'
  const severity = isWell ? 'healthy' : finding.severity
  return (
    <article className={styles['card']} data-severity={severity} aria-current={isCurrent}>
      <h2 className={styles['title']}>
        <SeverityIcon severity={severity} />
        <span className="visually-hidden">{t(`finding.severity.${severity}`)}: </span>
        <span>
          <FindingWords text={title} />
        </span>
      </h2>
      {where !== undefined && <p className={styles['where']}>{where}</p>}
      {!isShort && (
        <>
          <p>
            <FindingWords text={explanation} />
          </p>
          <p className={styles['next']}>
            <FindingWords text={nextStep} />
          </p>
        </>
      )}
      {dismissed !== undefined && <p className={styles['where']}>{dismissed}</p>}
      <div className={styles['actions']}>{actions}</div>
    </article>
  )
}

export function SeverityIcon({ severity }: { severity: Severity | 'healthy' }) {
  const Icon = { critical: IconFlame, warning: IconAlertTriangle, info: IconInfoCircle, healthy: IconCircleCheck }[
    severity
  ]
  return <Icon size={16} aria-hidden className={styles[severity]} />
}

function textOf(finding: Finding | HeapFinding, language: 'en' | 'zh'): FindingText {
  return 'occurrences' in finding ? findingText(finding, language) : heapFindingText(finding, language)
}

export function languageOf(language: string): 'en' | 'zh' {
  return language.startsWith('zh') ? 'zh' : 'en'
}
