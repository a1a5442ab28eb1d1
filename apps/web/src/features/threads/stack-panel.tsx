/** The stack of one thread: frames from the top, each with what it holds. */
import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ThreadStack } from '@heaptrail/api/heap-threads'
import { heapSummaryQuery } from '../../server/heap.ts'
import { threadStackQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { copyText } from '../../widgets/copy-link.tsx'
import { useSay } from '../../widgets/notice.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { RowList, type RowAttributes } from '../../widgets/row-list.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { STACK_COLUMNS, StackCells, StackHeader } from './stack-cells.tsx'
import { indexOfHeld, stackRows, stackText, type StackRow } from './stack-rows.ts'
import { ThreadFacts } from './thread-facts.tsx'
import styles from './threads.module.css'

interface StackPanelProps {
  readonly place: PlaceOf<'threads'>
  readonly thread: string
}

export function StackPanel({ place, thread }: StackPanelProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(threadStackQuery(place.artifactId, thread))
  return (
    <section className={styles['panel']} aria-label={t('threads.stack')}>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting />}
      {data !== undefined && <Shown place={place} stack={data} />}
    </section>
  )
}

function Shown({ place, stack }: { place: StackPanelProps['place']; stack: ThreadStack }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const say = useSay()
  async function copy() {
    try {
      await copyText(stackText(stack))
      say(t('threads.stackCopied'))
    } catch {
      say(t('copy.failed'))
    }
  }
  return (
    <>
      <ThreadFacts place={place} stack={stack}>
        <Switch
          size="xs"
          label={t('threads.showLocals')}
          checked={place.locals}
          onChange={(event) => replace({ ...place, locals: event.currentTarget.checked })}
        />
        <Button size="compact-xs" variant="default" onClick={() => void copy()}>
          {t('threads.copyStack')}
        </Button>
      </ThreadFacts>
      {stack.frames.length === 0 && stack.others.length === 0 ? (
        <p className={styles['noStack']}>{t(stack.thread.live ? 'threads.noStack' : 'threads.noStackNotLive')}</p>
      ) : (
        <Rows place={place} stack={stack} />
      )}
    </>
  )
}

function Rows({ place, stack }: { place: StackPanelProps['place']; stack: ThreadStack }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, selected, locals } = place
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const rows = useMemo(() => stackRows(stack, locals), [stack, locals])
  const [active, setActive] = useState(() => indexOfHeld(rows, selected))
  const heldAt = (index: number) => {
    const row = rows[index]
    return row?.kind === 'held' ? row.held.object : undefined
  }
  const cells = useCallback(
    (row: StackRow | undefined) => row && <StackCells row={row} usedHeap={usedHeap} />,
    [usedHeap],
  )
  return (
    <RowList
      role="treegrid"
      label={t('threads.stack')}
      count={rows.length}
      columns={STACK_COLUMNS}
      header={<StackHeader />}
      active={Math.min(active, rows.length - 1)}
      isSelected={(index) => selected !== place.thread && heldAt(index)?.id === selected && selected !== undefined}
      item={(index) => rows[index]}
      attributes={attributesOf}
      cells={cells}
      onActivate={(index) => {
        setActive(index)
        const object = heldAt(index)
        if (object !== undefined) replace({ ...place, selected: object.id })
      }}
      onOpen={(index) => {
        const object = heldAt(index)
        if (object !== undefined) open(objectPlace({ caseId, artifactId, objectId: object.id }))
      }}
      onMenu={(index, at) => {
        const object = heldAt(index)
        if (object !== undefined) openMenu({ caseId, artifactId, objectId: object.id }, at)
      }}
    />
  )
}

function attributesOf(row: StackRow | undefined): RowAttributes {
  return {
    'aria-level': row?.kind === 'held' ? 2 : 1,
    ...(row?.kind === 'frame' && row.own ? { 'data-own': true } : {}),
  }
}
