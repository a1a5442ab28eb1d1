/** The threads of a heap: what each does and holds; below, the stack of the one that is chosen. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ThreadSort, type ThreadRow, type Threads } from '@heaptrail/api/heap-threads'
import { formatCount } from '../../format/count.ts'
import { threadsQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows, type PagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { CopyThreadDump } from './copy-thread-dump.tsx'
import { StackPanel } from './stack-panel.tsx'
import { useThreadColumns } from './thread-columns.tsx'
import styles from './threads.module.css'

type ThreadsPlace = PlaceOf<'threads'>

export function ThreadsView({ place }: { place: ThreadsPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { artifactId, sort, order, filter, thread } = place
  const page = (offset: number, limit: number) => threadsQuery(artifactId, { sort, order, filter }, offset, limit)
  const rows = usePagedRows(`${sort} ${order} ${filter}`, page)
  const linkedRow = useLinkedRow(page, thread === undefined ? undefined : ({ object }) => object.id === thread)
  const shown = rows.anyPage
  return (
    <>
      <ViewHead title={t('view.threads')}>
        <FilterField
          value={filter}
          label={t('threads.filter')}
          hint={t('threads.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        <CopyThreadDump artifactId={artifactId} />
        {shown !== undefined && (
          <ViewFacts>
            <span aria-live="polite">{factsText(t, shown)}</span>
          </ViewFacts>
        )}
      </ViewHead>
      {shown !== undefined && <Notes counts={shown.counts} />}
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && <NoThreads filter={filter} />}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <ThreadGrid place={place} rows={rows} linkedRow={linkedRow} />
      )}
      {thread !== undefined && <StackPanel key={thread} place={place} thread={thread} />}
    </>
  )
}

interface ThreadGridProps {
  readonly place: ThreadsPlace
  readonly rows: PagedRows<ThreadRow>
  readonly linkedRow: number
}

function ThreadGrid({ place, rows, linkedRow }: ThreadGridProps) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, sort, order, thread } = place
  const columns = useThreadColumns()
  function changeSort(column: string) {
    const next = ThreadSort.parse(column)
    const first = next === 'name' || next === 'state' ? 'asc' : 'desc'
    const flipped = order === 'desc' ? 'asc' : 'desc'
    replace({ ...place, sort: next, order: next === sort ? flipped : first })
  }
  return (
    <div className={styles['list']} style={{ '--rows': thread === undefined ? undefined : rows.total }}>
      <DataGrid
        label={t('view.threads')}
        columns={columns}
        rows={rows}
        linkedRow={linkedRow}
        sorting={{ column: sort, order }}
        onSort={changeSort}
        isSelected={({ object }) => object.id === thread}
        onSelect={({ object }) => replace({ ...place, thread: object.id, selected: object.id })}
        onOpen={({ object }) => open(objectPlace({ caseId, artifactId, objectId: object.id }))}
        onMenu={({ object }, at) => openMenu({ caseId, artifactId, objectId: object.id }, at)}
      />
    </div>
  )
}

/** `25 threads · 16 WAITING · 6 RUNNABLE` */
function factsText(t: TFunction, { total, states }: Threads): string {
  const words = states.map(({ state, threads }) => `${formatCount(threads)} ${state ?? t('threads.stateUnknown')}`)
  return [t('threads.count', { count: total, formatted: formatCount(total) }), ...words].join(' · ')
}

/** What the list is not. */
function Notes({ counts: { virtual, others, omitted } }: Pick<Threads, 'counts'>) {
  const { t } = useTranslation()
  const notes = [
    virtual > 0 && t('threads.virtualNote', { count: virtual, formatted: formatCount(virtual) }),
    others > 0 && t('threads.othersNote', { count: others, formatted: formatCount(others) }),
    omitted > 0 && t('threads.omittedNote', { count: omitted, formatted: formatCount(omitted) }),
  ].filter((note) => note !== false)
  if (notes.length === 0) return undefined
  return <p className={styles['notes']}>{notes.join(' ')}</p>
}

function NoThreads({ filter }: { filter: string }) {
  const { t } = useTranslation()
  if (filter !== '') return <EmptyState title={t('threads.noMatch')}>{t('threads.noMatchHint', { filter })}</EmptyState>
  return <EmptyState title={t('threads.none')}>{t('threads.noneHint')}</EmptyState>
}
