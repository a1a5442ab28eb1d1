/** What was found about this heap, in a sentence each; the suspects tell the rest. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { suspectsQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { SeverityIcon, languageOf } from '../../widgets/finding-cards.tsx'
import { FindingWords } from '../../widgets/finding-words.tsx'
import { suspectsPlace } from '../../widgets/object-places.ts'
import styles from './overview.module.css'

const MOST = 2

/** Room for them is kept while they are on their way. */
export function FirstSentences({ place }: { place: PlaceOf<'overview'> }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(suspectsQuery(place.artifactId))
  // The overview is not the place to complain: the suspects say what went wrong.
  if (error !== null) return undefined
  const grave = data?.findings.filter(({ severity }) => severity !== 'info') ?? []
  const shown = (grave.length > 0 ? grave : (data?.findings ?? [])).slice(0, MOST)
  return (
    <section className={styles['found']} aria-label={t('view.suspects')} aria-busy={data === undefined}>
      {data === undefined && <p className={styles['dim']}>{t('suspects.waiting')}</p>}
      {shown.map((finding) => (
        <Sentence key={heapFindingText(finding, 'en').title} finding={finding} />
      ))}
      <PlaceLink to={suspectsPlace(place)} className={styles['more']}>
        {t('view.suspects')}
        {data !== undefined && data.findings.length > shown.length && ` (${data.findings.length})`}
      </PlaceLink>
    </section>
  )
}

function Sentence({ finding }: { finding: HeapFinding }) {
  const { t, i18n } = useTranslation()
  const severity = finding.id === 'no-suspect' ? 'healthy' : finding.severity
  return (
    <p>
      <SeverityIcon severity={severity} />
      <span className="visually-hidden">{t(`finding.severity.${severity}`)}: </span>
      <span>
        <FindingWords text={heapFindingText(finding, languageOf(i18n.language)).title} />
      </span>
    </p>
  )
}
