/** The cells of a row of a path. */
import { ActionIcon } from '@mantine/core'
import { IconScissors } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { edgeName } from '../../format/object-text.ts'
import { formatCount } from '../../format/count.ts'
import { ObjectLabel, OwnMark } from '../../widgets/object-label.tsx'
import { Size } from '../../widgets/size.tsx'
import type { PathRow, StepRow } from './path-rows.ts'
import { readingText } from './reading-text.ts'
import styles from './paths-view.module.css'

export const PATH_COLUMNS = 'minmax(16rem, 1fr) 5.75rem 5.75rem'

export function PathHeader() {
  const { t } = useTranslation()
  return (
    <>
      <div role="columnheader">{t('paths.column')}</div>
      <div role="columnheader" className={styles['numeric']}>
        {t('column.shallow')}
      </div>
      <div role="columnheader" className={styles['numeric']}>
        {t('column.retained')}
      </div>
    </>
  )
}

interface PathCellsProps {
  readonly row: PathRow
  readonly onCut: (row: PathRow) => void
}

export function PathCells({ row, onCut }: PathCellsProps) {
  return (
    <>
      <div role="gridcell">
        <PathCell row={row} onCut={onCut} />
      </div>
      {row.kind === 'step' && (
        <>
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={row.step.object.shallow} />
          </div>
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={row.step.object.retained} />
          </div>
        </>
      )}
    </>
  )
}

function PathCell({ row, onCut }: PathCellsProps) {
  const { t } = useTranslation()
  switch (row.kind) {
    case 'head':
      return (
        <span className={styles['head']}>
          {t('paths.head', { number: row.number, count: row.steps, formatted: formatCount(row.steps) })}
        </span>
      )
    case 'omitted':
      return (
        <span className={styles['omitted']}>
          {t('paths.omitted', { count: row.steps, formatted: formatCount(row.steps) })}
        </span>
      )
    case 'root':
      return <Root row={row} />
    case 'step':
      return row.isFirst ? <Labelled row={row} /> : <Held row={row} onCut={onCut} />
  }
}

/** The mark is for the first holder of a path only, so the label itself carries none. */
function Labelled({ row }: { row: StepRow }) {
  return (
    <>
      <ObjectLabel object={{ ...row.step.object, own: false }} />
      {row.isFirstOwn && <OwnMark inWords />}
    </>
  )
}

function Held({ row, onCut }: { row: StepRow; onCut: (row: PathRow) => void }) {
  const { t } = useTranslation()
  const { edges } = row.step
  const [first] = edges
  const edge = row.reading === undefined ? edges.map(edgeName).join(', ') : readingText(t, row.reading)
  return (
    <span className={styles['step']}>
      <span aria-hidden className={styles['arrow']}>
        ↑
      </span>
      <b className={styles['edge']} title={edge}>
        {edge}
      </b>
      <span className={styles['dim']}>
        {first?.kind === 'static' && row.reading === undefined ? t('paths.staticOf') : t('paths.of')}
      </span>
      <Labelled row={row} />
      <ActionIcon
        size="xs"
        variant="subtle"
        tabIndex={-1}
        className={styles['cut']}
        aria-label={t('cut.ask', { edge })}
        title={t('cut.ask', { edge })}
        onClick={() => onCut(row)}
      >
        <IconScissors size={14} aria-hidden />
      </ActionIcon>
    </span>
  )
}

function Root({ row }: { row: Extract<PathRow, { kind: 'root' }> }) {
  const { t } = useTranslation()
  const { types, thread, frame } = row.root
  return (
    <span className={styles['step']}>
      <span className={styles['root']}>{t('paths.root', { types: types.join(', ') })}</span>
      {thread !== null && (
        <>
          <span className={styles['dim']}>{t('paths.inThread')}</span>
          <ObjectLabel object={{ ...thread, own: false }} />
        </>
      )}
      {frame !== null && <span className="mono">{frame}</span>}
    </span>
  )
}
