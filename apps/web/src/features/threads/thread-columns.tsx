/** The columns of the list of threads. */
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ThreadRow } from '@heaptrail/api/heap-threads'
import { formatCount } from '../../format/count.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { OwnMark } from '../../widgets/object-label.tsx'
import { Size } from '../../widgets/size.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { ownerName, shortFrame, stateText } from './thread-words.ts'
import styles from './threads.module.css'

export function useThreadColumns(): readonly GridColumn<ThreadRow>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const numeric = { numeric: true, sortable: true, width: '5.75rem' } as const
    const columns: GridColumn<ThreadRow>[] = [
      {
        id: 'name',
        title: t('threads.column.thread'),
        width: isNarrow ? 'minmax(10rem, 1fr)' : 'minmax(11.5rem, 1fr)',
        sortable: true,
        cell: (row) => <Name row={row} />,
      },
      {
        id: 'state',
        title: t('threads.column.state'),
        width: isNarrow ? 'minmax(9.5rem, 0.5fr)' : 'minmax(11.5rem, 0.5fr)',
        sortable: true,
        cell: (row) => <State t={t} row={row} />,
      },
      {
        id: 'frame',
        title: t('threads.column.frame'),
        width: 'minmax(8rem, 1.3fr)',
        cell: ({ frame }) => frame !== null && <Where frame={frame} />,
      },
      {
        id: 'frames',
        title: t('threads.column.frames'),
        ...numeric,
        width: '4.75rem',
        cell: (row) => formatCount(row.frames),
      },
      {
        id: 'locals',
        title: t('threads.column.locals'),
        ...numeric,
        width: '7.5rem',
        cell: ({ locals }) => locals.objects > 0 && <Size bytes={locals.mostRetained} />,
      },
      {
        id: 'retained',
        title: t('column.retained'),
        ...numeric,
        cell: ({ object }) => <Size bytes={object.retained} />,
      },
    ]
    // The stack below says both of the thread that is chosen.
    return isNarrow ? columns.filter(({ id }) => id !== 'frames' && id !== 'locals') : columns
  }, [t, isNarrow])
}

function Name({ row: { name, number, object, virtual, daemon, live } }: { row: ThreadRow }) {
  const { t } = useTranslation()
  const unnamed = t('threads.unnamed', { number: number === null ? object.id : `#${number}` })
  return (
    <span className={styles['name']} title={`${name === '' ? unnamed : name}\n${object.className} ${object.id}`}>
      <b>{name === '' ? unnamed : name}</b>
      {virtual && <span className={styles['mark']}>{t('threads.virtual')}</span>}
      {daemon === true && !virtual && <span className={styles['mark']}>{t('threads.daemon')}</span>}
      {!live && <span className={styles['mark']}>{t('threads.notLive')}</span>}
    </span>
  )
}

/** Of what does not fit the class gives way first: method and line say where. */
function Where({ frame: { text, own } }: { frame: NonNullable<ThreadRow['frame']> }) {
  const { of, method } = shortFrame(text)
  return (
    <span className={`${styles['where']} ${styles[own ? 'frame' : 'otherFrame']}`} title={text}>
      {own && <OwnMark />}
      <span className={styles['frameClass']}>{of}</span>
      <span className={styles['frameMethod']}>{method}</span>
    </span>
  )
}

function State({ t, row }: { t: TFunction; row: ThreadRow }) {
  const owner = ownerName(row)
  const text = stateText(t, row)
  const lock = owner === undefined ? '' : t('threads.ownedBy', { name: owner })
  return (
    <span className={row.state === 'BLOCKED' ? styles['blocked'] : styles['state']} title={`${text} ${lock}`.trim()}>
      {text}
      {lock !== '' && <span className={styles['mark']}>{lock}</span>}
    </span>
  )
}
