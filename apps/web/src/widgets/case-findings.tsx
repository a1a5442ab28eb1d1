/** What was found in all evidence of a case, logs and heap dumps together, the gravest first, what explains each other side by side. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FoundFinding } from '@heaptrail/api/case-findings'
import type { Dismissal } from '@heaptrail/api/dismissals'
import {
  type Worth,
  byWorth,
  sideBySide,
  tellsOfFullHeap,
  tellsWhoFillsHeap,
  worthOfDump,
  worthOfText,
} from '@heaptrail/api/finding-order'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import { findingText } from '@heaptrail/api/finding-texts/text'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { formatCount } from '../format/count.ts'
import { caseQuery, isReady } from '../server/cases.ts'
import { dismissalsQuery } from '../server/dismissals.ts'
import { caseFindingsQuery } from '../server/evidence.ts'
import { suspectsQuery } from '../server/heap.ts'
import { PlaceLink } from '../url/navigation.tsx'
import type { PlaceOf } from '../url/place-of.ts'
import { type DismissalSubject, dismissalOf, subjectInDump } from './dismissal-subject.ts'
import { DismissButton, Dismissed } from './dismissing.tsx'
import { gcPlace } from './evidence-places.ts'
import { type CardOfFinding, FindingCards, languageOf } from './finding-cards.tsx'
import { plainWords } from './finding-words.tsx'
import { suspectsPlace } from './object-places.ts'
import { ErrorState } from './states.tsx'

type OnShow = (time: { readonly from: number; readonly to: number }) => void

interface CaseFindingsProps {
  readonly caseId: string
  /** Titles and links only. */
  readonly isShort?: boolean
  /** Shows where on the time axis of the case it was found; absent where there is no axis to show it on. */
  readonly onShow?: OnShow
}

interface InDump {
  readonly artifactId: string
  readonly name: string
  readonly finding: HeapFinding
}

export function CaseFindings({ caseId, isShort = false, onShow }: CaseFindingsProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(caseFindingsQuery(caseId))
  const inDumps = useDumpFindings(caseId)
  const { data: said } = useQuery(dismissalsQuery(caseId))
  if (error !== null && data === undefined) return <ErrorState error={error} retry={() => void refetch()} />
  const holder = inDumps
    .filter(({ finding }) => tellsWhoFillsHeap(finding))
    .toSorted((a, b) => byWorth(worthOfDump(a.finding), worthOfDump(b.finding)))[0]
  const full = (data?.findings ?? []).find(({ finding }) => tellsOfFullHeap(finding))
  const ofDumps = inDumps.map((found) => dumpCard(caseId, found, t('finding.showSuspects'), full))
  const ofLogs = (data?.findings ?? []).map((found) => logCard(caseId, found, holder, onShow))
  const cards = sideBySide(
    [...ofDumps, ...ofLogs].toSorted((a, b) => byWorth(a.worth, b.worth)),
    ofDumps.find(({ finding }) => finding === holder?.finding),
    ofLogs.find(({ finding }) => finding === full?.finding),
  )
  const shown = isShort ? cards : cards.map((card) => withDismissal(caseId, card, said?.dismissals ?? []))
  return <FindingCards label={t('finding.list')} isShort={isShort} cards={shown} />
}

/** The grave findings of all dumps of the case that are ready; of a dump without any, that. */
function useDumpFindings(caseId: string): InDump[] {
  const { data } = useQuery(caseQuery(caseId))
  const dumps = (data?.artifacts ?? []).filter((artifact) => isReady(artifact) && artifact.kind === 'heap-dump')
  const answers = useQueries({ queries: dumps.map(({ id }) => suspectsQuery(id)) })
  return dumps.flatMap(({ id, name }, place) =>
    (answers[place]?.data?.findings ?? [])
      .filter((finding) => finding.severity !== 'info' || finding.id === 'no-suspect')
      .map((finding) => ({ artifactId: id, name, finding })),
  )
}

interface CaseCard extends CardOfFinding {
  readonly subject: DismissalSubject
  readonly worth: Worth
}

/** What is grave can be dismissed; what was is shown with the reason. */
function withDismissal(caseId: string, card: CaseCard, dismissals: readonly Dismissal[]): CardOfFinding {
  const { subject, finding } = card
  const dismissal = dismissalOf(dismissals, subject)
  if (dismissal !== undefined) return { ...card, dismissed: <Dismissed caseId={caseId} dismissal={dismissal} /> }
  if (finding.severity === 'info') return card
  const actions = (
    <>
      {card.actions}
      <DismissButton caseId={caseId} subject={subject} />
    </>
  )
  return { ...card, actions }
}

function dumpCard(
  caseId: string,
  { artifactId, name, finding }: InDump,
  action: string,
  full: FoundFinding | undefined,
): CaseCard {
  const subject = subjectInDump(artifactId, finding)
  return {
    key: `${artifactId} ${finding.id} ${subject.about ?? ''}`,
    finding,
    subject,
    worth: worthOfDump(finding),
    where: name,
    actions: (
      <>
        <PlaceLink to={suspectsPlace({ caseId, artifactId })}>{action}</PlaceLink>
        {full !== undefined && tellsWhoFillsHeap(finding) && <Seen caseId={caseId} found={full} />}
      </>
    ),
  }
}

function logCard(caseId: string, found: FoundFinding, holder: InDump | undefined, onShow?: OnShow): CaseCard {
  const { finding, artifactId, part, name } = found
  return {
    key: `${artifactId} ${part} ${finding.id}`,
    finding,
    subject: { artifactId, part, finding: finding.id, about: null },
    worth: worthOfText(found),
    where: name,
    actions: (
      <>
        <LogActions caseId={caseId} found={found} onShow={onShow} />
        {holder !== undefined && tellsOfFullHeap(finding) && <HeldBy caseId={caseId} holder={holder} />}
      </>
    ),
  }
}

function LogActions({ caseId, found, onShow }: { caseId: string; found: FoundFinding; onShow: OnShow | undefined }) {
  const { t } = useTranslation()
  const { finding, time } = found
  const { fromRow, toRow } = finding.evidence
  return (
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
  )
}

/** What the dump of the case says about who fills the heap. */
function HeldBy({ caseId, holder: { artifactId, name, finding } }: { caseId: string; holder: InDump }) {
  const { t, i18n } = useTranslation()
  const { title } = heapFindingText(finding, languageOf(i18n.language))
  return (
    <PlaceLink to={suspectsPlace({ caseId, artifactId })}>
      {t('finding.dumpSays', { name, title: plainWords(title) })}
    </PlaceLink>
  )
}

/** What a log of the case says of the heap that this fills. */
function Seen({ caseId, found }: { caseId: string; found: FoundFinding }) {
  const { t, i18n } = useTranslation()
  const { title } = findingText(found.finding, languageOf(i18n.language))
  return (
    <PlaceLink to={placeOfFinding(caseId, found)}>
      {t('finding.dumpSays', { name: found.name, title: plainWords(title) })}
    </PlaceLink>
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
