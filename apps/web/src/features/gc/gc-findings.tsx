/** What was found in this log; a click goes to the rows that it rests on. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FoundFinding } from '@heaptrail/api/case-findings'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { spanOf, windowAround, type Window } from '../../charts/window.ts'
import { formatCount } from '../../format/count.ts'
import { artifactFindingsQuery } from '../../server/evidence.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FindingCards } from '../../widgets/finding-cards.tsx'
import { ReadingButton } from '../../widgets/reading-form.tsx'
import { ErrorState } from '../../widgets/states.tsx'
import type { GcSeries } from './use-gc-series.ts'

type GcPlace = PlaceOf<'gc'>

interface GcFindingsProps {
  readonly place: GcPlace
  readonly summary: JstatSummary
  readonly gc: GcSeries
}

export function GcFindings({ place, summary, gc }: GcFindingsProps) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { found, error, refetch } = useFindings(place)
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  function show({ finding }: FoundFinding, rows: Window) {
    const window = windowAround(gc.extent, rows)
    replace({ ...place, ...spanOf(gc.extent, window), row: finding.evidence.toRow, finding: finding.id })
  }
  return (
    <FindingCards
      label={t('finding.list')}
      cards={found.map((one) => {
        const { finding } = one
        const rows = rowsOf(one, summary, gc)
        const { fromRow, toRow } = finding.evidence
        return {
          key: finding.id,
          finding,
          isCurrent: finding.id === place.finding,
          actions: (
            <>
              {rows !== undefined && (
                <button type="button" className="link" onClick={() => show(one, rows)}>
                  {t('finding.showRows', { from: formatCount(fromRow), to: formatCount(toRow) })}
                </button>
              )}
              {finding.id === 'no-clock' && !finding.parameters.bytesKnown && (
                <ReadingButton part={place} isLink>
                  {t('reading.typeHeap')}
                </ReadingButton>
              )}
            </>
          ),
        }
      })}
    />
  )
}

function useFindings({ artifactId, part }: GcPlace) {
  const { data, error, refetch } = useQuery(artifactFindingsQuery(artifactId))
  return { found: data?.findings.filter((one) => one.part === part) ?? [], error, refetch }
}

/** The rows of the finding that the link names. */
export function useMarkedFinding(place: GcPlace, summary: JstatSummary, gc: GcSeries): Window | undefined {
  const { found } = useFindings(place)
  const marked = place.finding === undefined ? undefined : found.find(({ finding }) => finding.id === place.finding)
  return marked && rowsOf(marked, summary, gc)
}

/** On the axis that is shown: laid over another log, this one begins at 0. */
function rowsOf({ own }: FoundFinding, summary: JstatSummary, { jstatAxis, whole }: GcSeries): Window | undefined {
  if (own === null) return undefined
  if (jstatAxis === 'own') return own
  const end = whole?.x.at(-1) ?? 0
  const toElapsed = (x: number) => ((x - summary.from) / (summary.to - summary.from || 1)) * end
  return { from: toElapsed(own.from), to: toElapsed(own.to) }
}
