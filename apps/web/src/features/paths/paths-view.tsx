/** What keeps an object alive: the shortest ways from it to GC roots, with the names of the fields. */
import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Suspense, lazy, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PATHS_SHOWN, PATH_MODES } from '@heaptrail/api/place-paths'
import { objectQuery, pathsQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectActions } from '../../widgets/object-actions.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { RowList } from '../../widgets/row-list.tsx'
import { useStable } from '../../widgets/stable.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { CutPanel } from './cut-panel.tsx'
import { ExcludeChoice } from './exclude-choice.tsx'
import { OwnCodeChoice } from './own-code-choice.tsx'
import { PATH_COLUMNS, PathCells, PathHeader } from './path-cells.tsx'
import { pathRows, type PathRow } from './path-rows.ts'
import styles from './paths-view.module.css'

/** The server answers at most so many paths at once. */
const PAGE = 100

type PathsPlace = PlaceOf<'paths'>

/** With what draws graphs; fetched when it is first wanted. */
const PathsGraph = lazy(async () => ({ default: (await import('./paths-graph.tsx')).PathsGraph }))

export function PathsView({ place }: { place: PathsPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const object = useQuery(objectQuery(place.artifactId, place.objectId))
  return (
    <>
      <ViewHead
        title={
          <>
            {t('paths.title')}&nbsp;
            {object.data !== undefined && <ObjectLabel object={object.data} />}
          </>
        }
      >
        <SegmentedControl
          size="xs"
          aria-label={t('pathGraph.mode.label')}
          value={place.mode}
          data={PATH_MODES.map((mode) => ({ value: mode, label: t(`pathGraph.mode.${mode}`) }))}
          onChange={(value) => replace({ ...place, mode: PATH_MODES.find((mode) => mode === value) ?? 'list' })}
        />
        <ObjectActions object={place} here="paths" />
      </ViewHead>
      <div className={styles['choices']}>
        <ExcludeChoice
          exclude={place.exclude}
          without={place.without}
          onChange={(exclusions) => replace({ ...place, ...exclusions, shown: PATHS_SHOWN, selected: undefined })}
        />
        <OwnCodeChoice of={place} />
      </div>
      {object.error === null ? (
        <Found place={place} />
      ) : (
        <ErrorState error={object.error} retry={() => void object.refetch()} />
      )}
      {place.cut !== undefined && (
        <CutPanel
          of={{ caseId: place.caseId, artifactId: place.artifactId }}
          cut={place.cut}
          onCut={(cut) => replace({ ...place, cut })}
          onLeaveOut={(named) =>
            replace({ ...place, without: [...place.without, named], cut: undefined, shown: PATHS_SHOWN })
          }
        />
      )}
    </>
  )
}

function Found({ place }: { place: PathsPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { paths, complete, isPending, error, retry } = usePaths(place)
  const rows = useMemo(() => pathRows(paths, place.raw), [paths, place.raw])
  if (error !== null) return <ErrorState error={error} retry={retry} />
  if (isPending && paths.length === 0) return <Waiting what={t('paths.searching')} />
  if (paths.length === 0) {
    return (
      <EmptyState title={t('paths.none')}>
        {place.exclude.length + place.without.length > 0 ? t('paths.noneExcluding') : t('paths.noneHint')}
      </EmptyState>
    )
  }
  return (
    <>
      {place.mode === 'graph' ? (
        <Suspense fallback={<Waiting what={t('pathGraph.laying')} />}>
          <PathsGraph place={place} rows={rows} />
        </Suspense>
      ) : (
        <PathList place={place} rows={rows} />
      )}
      <div className={styles['foot']}>
        <Switch
          size="xs"
          label={t('paths.readLogically')}
          checked={!place.raw}
          onChange={(event) => replace({ ...place, raw: !event.currentTarget.checked })}
        />
        <span>{complete ? t('paths.all', { count: paths.length }) : t('paths.shown', { count: paths.length })}</span>
        {!complete && (
          <Button
            size="compact-xs"
            variant="default"
            loading={isPending}
            onClick={() => replace({ ...place, shown: place.shown + PATHS_SHOWN })}
          >
            {t('paths.more')}
          </Button>
        )}
      </div>
    </>
  )
}

function PathList({ place, rows }: { place: PathsPlace; rows: readonly PathRow[] }) {
  const { t } = useTranslation()
  const list = useListKeys(place, rows)
  const onCut = useStable(list.onCut)
  const cells = useCallback((row: PathRow | undefined) => row && <PathCells row={row} onCut={onCut} />, [onCut])
  return (
    <RowList
      role="grid"
      label={t('view.paths')}
      count={rows.length}
      columns={PATH_COLUMNS}
      header={<PathHeader />}
      item={(index) => rows[index]}
      cells={cells}
      {...list.keys}
    />
  )
}

function usePaths({ artifactId, objectId, exclude, without, shown }: PathsPlace) {
  // The first ten and every ten more are requests of their own, so that more paths never search the first ones again.
  const offsets = Array.from({ length: Math.ceil(shown / PATHS_SHOWN) }, (_, index) => index * PATHS_SHOWN)
  const pages = offsets.length <= PAGE ? offsets.map((offset) => ({ offset, limit: PATHS_SHOWN })) : largePages(shown)
  const results = useQueries({
    queries: pages.map(({ offset, limit }) => pathsQuery(artifactId, objectId, { exclude, without }, offset, limit)),
  })
  const paths = results.flatMap((result) => result.data?.rows ?? []).slice(0, shown)
  return {
    paths,
    complete: results.some((result) => result.data?.complete === true),
    isPending: results.some((result) => result.isPending),
    error: results.find((result) => result.error !== null)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
  }
}

function largePages(shown: number): { offset: number; limit: number }[] {
  return Array.from({ length: Math.ceil(shown / PAGE) }, (_, index) => ({ offset: index * PAGE, limit: PAGE }))
}

function useListKeys(place: PathsPlace, rows: readonly PathRow[]) {
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  /** The same object may stand in several paths: the keyboard remembers on which row it is. */
  const [row, setRow] = useState(-1)
  const objectAt = (index: number) => objectIn(rows[index])
  const active =
    row >= 0 && (objectAt(row) === undefined || objectAt(row) === place.selected)
      ? row
      : firstRowOf(rows, place.selected)
  function onCut(step: PathRow | undefined) {
    if (step?.kind === 'step' && step.reference !== undefined) replace({ ...place, cut: step.reference })
  }
  const keys = {
    active,
    /** `x` asks what cutting the reference would free, `r` shows every step or reads collections as one. */
    onKey(event: { readonly key: string }, index: number) {
      if (event.key === 'x') onCut(rows[index])
      else if (event.key === 'r') replace({ ...place, raw: !place.raw })
      else return false
      return true
    },
    isSelected: (index: number) => place.selected !== undefined && objectAt(index) === place.selected,
    onActivate(index: number) {
      setRow(index)
      const objectId = objectAt(index)
      if (objectId !== undefined) replace({ ...place, selected: objectId })
    },
    onOpen(index: number) {
      const objectId = objectAt(index)
      if (objectId !== undefined) open(objectPlace({ ...place, objectId }))
    },
    onMenu(index: number, at: { x: number; y: number }) {
      const objectId = objectAt(index)
      if (objectId !== undefined) openMenu({ caseId: place.caseId, artifactId: place.artifactId, objectId }, at)
    },
  }
  return { keys, onCut }
}

function objectIn(row: PathRow | undefined): string | undefined {
  if (row?.kind === 'step') return row.step.object.id
  return row?.kind === 'root' ? row.root.thread?.id : undefined
}

function firstRowOf(rows: readonly PathRow[], selected: string | undefined): number {
  return selected === undefined ? -1 : rows.findIndex((row) => objectIn(row) === selected)
}
