/** Where one is, where one can go, and the link that brings others here. */
import { ActionIcon } from '@mantine/core'
import { IconHelp, IconLayoutSidebarRightCollapse, IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { withAnalyses } from '../server/analyses.ts'
import { caseQuery } from '../server/cases.ts'
import { PlaceLink } from '../url/navigation.tsx'
import { optionsText } from '../widgets/analysis-options-text.ts'
import type { InspectorSize } from './inspector-size.ts'
import { PaletteButton } from './palette/palette-button.tsx'
import { LanguageButton, ThemeButton } from './preferences.tsx'
import styles from './header.module.css'

// Their menus are a large part of all code; nobody needs them before the view.
const AccessMenu = lazy(async () => ({ default: (await import('./access-menu.tsx')).AccessMenu }))
const ShareButton = lazy(async () => ({ default: (await import('./share-button.tsx')).ShareButton }))

interface HeaderProps {
  readonly place: Place | NoPlace
  /** Absent where nothing can be selected. */
  readonly inspector: InspectorSize | undefined
  readonly onHelp: () => void
  readonly onPalette: () => void
}

export function Header({ place, inspector, onHelp, onPalette }: HeaderProps) {
  const { t } = useTranslation()
  const InspectorIcon = inspector?.shown === true ? IconLayoutSidebarRightCollapse : IconLayoutSidebarRightExpand
  return (
    <header className={styles['header']}>
      <PlaceLink to={{ kind: 'home' }} className={styles['brand']} aria-label={t('shell.home')}>
        <span aria-hidden className={styles['mark']}>
          ◆
        </span>
        Heaptrail
      </PlaceLink>
      <Breadcrumb place={place} />
      <PaletteButton onOpen={onPalette} />
      <Suspense>{place.kind !== 'no-place' && <ShareButton place={place} />}</Suspense>
      {inspector !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('inspector.toggle')}
          title={`${t('inspector.toggle')} (i)`}
          data-inspector
          aria-pressed={inspector.shown}
          onClick={inspector.toggle}
        >
          <InspectorIcon size={16} />
        </ActionIcon>
      )}
      <Suspense>
        <AccessMenu />
      </Suspense>
      <LanguageButton />
      <ThemeButton />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('keys.title')}
        title={`${t('keys.title')} (?)`}
        onClick={onHelp}
      >
        <IconHelp size={16} />
      </ActionIcon>
    </header>
  )
}

function Breadcrumb({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined })
  if (caseId === undefined) return <span className={styles['breadcrumb']} />
  const artifact =
    'artifactId' in place ? withAnalyses(data?.artifacts ?? []).find(({ id }) => id === place.artifactId) : undefined
  return (
    <nav aria-label={t('shell.breadcrumb')} className={styles['breadcrumb']}>
      <PlaceLink to={{ kind: 'home' }}>{t('shell.cases')}</PlaceLink>
      {data !== undefined && (
        <>
          <span aria-hidden>›</span>
          <PlaceLink to={{ kind: 'case', caseId }} title={data.title} className={styles['crumb']}>
            {data.title}
          </PlaceLink>
        </>
      )}
      {artifact !== undefined && (
        <>
          <span aria-hidden>›</span>
          <span title={artifact.name} className={styles['crumb']}>
            {artifact.name}
            {artifact.options !== undefined && ` (${optionsText(t, artifact.options)})`}
          </span>
        </>
      )}
    </nav>
  )
}
