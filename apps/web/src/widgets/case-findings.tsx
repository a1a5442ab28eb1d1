/** What was found in all evidence of a case, the gravest first. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FoundFinding } from '@heaptrail/api/case-findings'
import { formatCount } from '../format/count.ts'
import { caseFindingsQuery } from '../server/evidence.ts'
import { PlaceLink } from '../url/navigation.tsx'
import type { PlaceOf } from '../url/place-of.ts'
import { gcPlace } from './evidence-places.ts'
import { FindingCards } from './finding-cards.tsx'
import { ErrorState } from './states.tsx'

interface CaseFindingsProps {
  readonly caseId: string
  /** Titles and links only. */
  readonly isShort?: boolean
  /** Shows where on the time axis of the case it was found; absent where there is no axis to show it on. */
  readonly onShow?: (time: { readonly from: number; readonly to: number }) => void
}

export function CaseFindings({ caseId, isShort = false, onShow }: CaseFindingsProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(caseFindingsQuery(caseId))
  if (error !== null && data === undefined) return <ErrorState error={error} retry={() => void refetch()} />
  return (
    <FindingCards
      label={t('finding.list')}
      isShort={isShort}
      cards={(data?.findings ?? []).map((found) => {
        const { finding, artifactId, part, name, time } = found
        const { fromRow, toRow } = finding.evidence
        return {
          key: `${artifactId} ${part} ${finding.id}`,
          finding,
          where: name,
          actions: (
            <>
              <PlaceLink to={placeOfFinding(caseId, found)}>
                {t('finding.showRows', { from: formatCount(fromRow), to: formatCount(toRow) })}
              </PlaceLink>
              {onShow !== undefined && time !== null && (
                <button type="button" className="link" onClick={() => onShow(time)}>
                  {t('finding.showTime')}
                </button>
              )}
            </>
          ),
        }
      })}
    />
  )
}

/** The chart of its log, zoomed to its rows with some air beside them. */
function placeOfFinding(caseId: string, { artifactId, part, own, finding }: FoundFinding): PlaceOf<'gc'> {
  const place = { ...gcPlace({ caseId, artifactId, part }), row: finding.evidence.toRow, finding: finding.id }
  if (own === null) return place
  const air = (own.to - own.from) * 0.25
  const round = (value: number) => Math.round(value * 1000) / 1000
  return { ...place, from: Math.max(0, round(own.from - air)), to: round(own.to + Math.max(air, 1)) }
}
