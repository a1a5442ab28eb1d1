/** What this case holds, and the views of it. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import type { Analysed } from '../server/analyses.ts'
import { caseQuery } from '../server/cases.ts'
import { heapSummaryQuery } from '../server/heap.ts'
import { PlaceLink } from '../url/navigation.tsx'
import { optionsText } from '../widgets/analysis-options-text.ts'
import { PinnedList } from './pinned-list.tsx'
import { isWithin, linksOfArtifact, linksOfCase, nearestArtifact, shownArtifacts, type ViewLink } from './view-list.ts'
import styles from './case-nav.module.css'

export function CaseNav({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined })
  const artifacts = data?.artifacts ?? []
  const shown = shownArtifacts(artifacts)
  const dumps = shown.filter(({ kind }) => kind === 'heap-dump')
  const logs = shown.filter(({ kind }) => kind !== 'heap-dump')
  const openDump = nearestArtifact(place, artifacts, 'heap-dump')?.id
  return (
    <nav className={styles['nav']} aria-label={t('shell.contents')}>
      <NavLink to={{ kind: 'home' }} current={place.kind === 'home'}>
        {t('shell.allCases')}
      </NavLink>
      {caseId !== undefined && (
        <Group title={t('shell.group.case')}>
          {linksOfCase(caseId, artifacts).map((link) => (
            <ViewNavLink key={link.view.name} link={link} place={place} />
          ))}
        </Group>
      )}
      {dumps.length > 0 && (
        <Group title={t('shell.group.heap')}>
          {dumps.map((dump) => (
            <ArtifactLinks key={dump.id} artifact={dump} place={place} open={dump.id === openDump} />
          ))}
        </Group>
      )}
      {logs.length > 0 && (
        <Group title={t('shell.group.logs')}>
          {logs.map((log) => (
            <ArtifactLinks key={log.id} artifact={log} place={place} open />
          ))}
        </Group>
      )}
      {caseId !== undefined && data !== undefined && data.pins.length > 0 && (
        <Group title={t('shell.group.pinned')}>
          <PinnedList caseId={caseId} pins={data.pins} place={place} />
        </Group>
      )}
    </nav>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['group']}>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </section>
  )
}

/** The views of the dump on the screen; another dump is one line, which opens it. */
function ArtifactLinks({ artifact, place, open }: { artifact: Analysed; place: Place | NoPlace; open: boolean }) {
  const { t } = useTranslation()
  const isDump = artifact.kind === 'heap-dump'
  const { data: heap } = useQuery({ ...heapSummaryQuery(artifact.id), enabled: open && isDump })
  const links = linksOfArtifact(artifact).filter(
    ({ view }) => !('holds' in view) || view.holds === undefined || heap?.[view.holds] === true,
  )
  const name = (
    <>
      <span className={styles['file']}>{artifact.name}</span>
      {artifact.options !== undefined && <span className={styles['options']}>{optionsText(t, artifact.options)}</span>}
    </>
  )
  const [first] = links
  if (first === undefined) return undefined
  if (!open) {
    return (
      <PlaceLink to={first.to} className={styles['link']} title={artifact.name}>
        <span className={styles['closed']}>{name}</span>
      </PlaceLink>
    )
  }
  return (
    <>
      <h3 className={styles['name']} title={artifact.name}>
        {name}
      </h3>
      {links.map((link) => (
        <ViewNavLink key={link.view.name} link={link} place={place} artifactId={artifact.id} />
      ))}
    </>
  )
}

function ViewNavLink({
  link: { view, to },
  place,
  artifactId,
}: {
  link: ViewLink
  place: Place | NoPlace
  artifactId?: string
}) {
  const { t } = useTranslation()
  const isHere =
    place.kind !== 'no-place' &&
    isWithin(view, place.kind) &&
    (artifactId === undefined || ('artifactId' in place && place.artifactId === artifactId))
  return (
    <NavLink
      to={to}
      current={isHere}
      view={view.name}
      keys={view.letter === undefined ? undefined : `g ${view.letter}`}
    >
      {t(`view.${view.name}`)}
    </NavLink>
  )
}

function NavLink({
  to,
  current,
  keys,
  view,
  children,
}: {
  to: Place
  current: boolean
  keys?: string | undefined
  view?: string
  children: string
}) {
  return (
    <PlaceLink
      to={to}
      className={styles['link']}
      data-view={view}
      aria-current={current ? 'page' : undefined}
      title={keys === undefined ? undefined : `${children} (${keys})`}
    >
      {children}
    </PlaceLink>
  )
}
