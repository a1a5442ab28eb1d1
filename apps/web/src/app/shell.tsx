/** The frame of every view: header, what the case holds, the place, the Inspector, and the status line. */
import { Suspense, lazy, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { PlaceLink, PlaceProvider, useCurrentPlace } from '../url/navigation.tsx'
import { hasSelection } from '../url/place-of.ts'
import { ErrorBoundary } from '../widgets/error-boundary.tsx'
import { NoticeProvider } from '../widgets/notice.tsx'
import { ObjectMenuProvider } from '../widgets/object-menu.tsx'
import { EmptyState, ErrorState, Waiting } from '../widgets/states.tsx'
import { useCalmPlace } from './calm-place.ts'
import { CaseNav } from './case-nav.tsx'
import { DropAnywhere } from './drop-anywhere.tsx'
import { GuideProvider, useGuide } from './guide/guide-state.tsx'
import { Invitation } from './guide/invitation.tsx'
import { useGuideFollows } from './guide/use-guide-follows.ts'
import { Header } from './header.tsx'
import { useInspectorSize } from './inspector-size.ts'
import { Palette } from './palette/palette.tsx'
import { ResizeHandle } from './resize-handle.tsx'
import { StatusLine } from './status-line.tsx'
import { useGlobalKeys } from './global-keys.ts'
import { useViewTitle } from './view-title.ts'
import { View } from './views.tsx'
import styles from './shell.module.css'

// What is not on the first screen comes when it is asked for. (The palette is there: people type on at once.)
const Inspector = lazy(async () => ({ default: memo((await import('../features/inspector/inspector.tsx')).Inspector) }))
const Guide = lazy(async () => ({ default: (await import('./guide/guide.tsx')).Guide }))
const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.tsx')).KeysHelp }))
const HOME: Place = { kind: 'home' }

// A step along the rows of a view concerns the view alone.
const Frame = memo(ShownFrame)
const CalmHeader = memo(Header)
const CalmNav = memo(CaseNav)
const CalmStatus = memo(StatusLine)

export function Shell() {
  const current = useCurrentPlace()
  if (current.status === 'known') {
    return (
      <PlaceProvider place={current.place}>
        <NoticeProvider>
          <ObjectMenuProvider>
            <GuideProvider>
              <Frame place={current.place} />
            </GuideProvider>
          </ObjectMenuProvider>
        </NoticeProvider>
      </PlaceProvider>
    )
  }
  return (
    <main className={styles['alone']}>
      {current.status === 'loading' ? <Waiting /> : <ErrorState whole error={current.error} retry={current.retry} />}
      <PlaceLink to={HOME}>Heaptrail</PlaceLink>
    </main>
  )
}

function ShownFrame({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const [overlay, setOverlay] = useState<'none' | 'help' | 'palette'>('none')
  const inspector = useInspectorSize()
  const { toggle } = inspector
  const actions = useMemo(
    () => ({
      toggleInspector: toggle,
      showHelp: () => setOverlay('help'),
      showPalette: () => setOverlay('palette'),
    }),
    [toggle],
  )
  const closeOverlay = useCallback(() => setOverlay('none'), [])
  useGlobalKeys(place, actions)
  const view = useKeptFocus(place)
  const guide = useGuide()
  useGuideFollows(place)
  const withInspector = inspector.shown && hasSelection(place)
  const calm = useCalmPlace(place)
  return (
    <div className={styles['shell']} style={{ '--inspector': withInspector ? `${inspector.width}px` : '0px' }}>
      <CalmHeader
        place={calm}
        inspector={hasSelection(place) ? inspector : undefined}
        onHelp={actions.showHelp}
        onPalette={actions.showPalette}
      />
      <CalmNav place={calm} />
      <main ref={view} tabIndex={-1} className={styles['place']} aria-label={t('shell.place')}>
        <ErrorBoundary key={'artifactId' in place ? place.kind + place.artifactId : place.kind}>
          {place.kind === 'case' && <Invitation place={place} />}
          <Suspense fallback={<Waiting />}>
            {place.kind === 'no-place' ? <Nowhere path={place.path} /> : <View place={place} />}
          </Suspense>
        </ErrorBoundary>
      </main>
      {withInspector && (
        <aside className={styles['inspector']} aria-label={t('inspector.title')}>
          <ResizeHandle label={t('inspector.resize')} width={inspector.width} onWidth={inspector.setWidth} />
          <Suspense fallback={<Waiting />}>
            <Inspector place={calm} />
          </Suspense>
        </aside>
      )}
      <CalmStatus place={calm} />
      <DropAnywhere place={place} />
      <Suspense>{guide.isOpen && <Guide place={place} />}</Suspense>
      <Suspense>
        {overlay === 'palette' && <Palette place={place} onClose={closeOverlay} {...actions} />}
        {overlay === 'help' && <KeysHelp onClose={closeOverlay} />}
      </Suspense>
      <DocumentTitle place={place} />
    </div>
  )
}

/** When what had the focus went away with the view before, the new view gets it, so that keys go on working. */
function useKeptFocus(place: Place | NoPlace) {
  const view = useRef<HTMLElement>(null)
  const shown = place.kind + ('objectId' in place ? place.objectId : '') + ('classId' in place ? place.classId : '')
  const before = useRef(shown)
  useEffect(() => {
    if (before.current !== shown && document.activeElement === document.body) view.current?.focus()
    before.current = shown
  }, [shown])
  return view
}

function Nowhere({ path }: { path: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState whole title={t('nowhere.title')}>
      <p>{t('nowhere.text', { path })}</p>
      <PlaceLink to={HOME}>{t('nowhere.home')}</PlaceLink>
    </EmptyState>
  )
}

function DocumentTitle({ place }: { place: Place | NoPlace }) {
  const title = useViewTitle(place)
  useEffect(() => {
    document.title = title === 'Heaptrail' ? title : `${title} · Heaptrail`
  }, [title])
  return undefined
}
