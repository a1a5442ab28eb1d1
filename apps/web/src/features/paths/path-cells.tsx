/** The cells of a row of a path. */
import { useTranslation } from 'react-i18next'
import { edgeName } from '../../format/object-text.ts'
import { formatCount } from '../../format/count.ts'
import { ObjectLabel, OwnMark } from '../../widgets/object-label.tsx'
import { Size } from '../../widgets/size.tsx'
import type { PathRow } from './path-rows.ts'
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

export function PathCells({ row }: { row: PathRow }) {
  return (
    <>
      <div role="gridcell">
        <PathCell row={row} />
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

function PathCell({ row }: { row: PathRow }) {
  const { t } = useTranslation()
  switch (row.kind) {
    case 'head':
      return <span className={styles['head']}>{t('paths.head', { number: row.number, count: row.steps })}</span>
    case 'omitted':
      return (
        <span className={styles['omitted']}>
          {t('paths.omitted', { count: row.steps, formatted: formatCount(row.steps) })}
        </span>
      )
    case 'root':
      return <Root row={row} />
    case 'step':
      return row.isFirst ? <Labelled row={row} /> : <Held row={row} />
  }
}

type StepRow = Extract<PathRow, { kind: 'step' }>

/** The mark is for the first holder of a path only, so the label itself carries none. */
function Labelled({ row }: { row: StepRow }) {
  return (
    <>
      <ObjectLabel object={{ ...row.step.object, own: false }} />
      {row.isFirstOwn && <OwnMark inWords />}
    </>
  )
}

function Held({ row }: { row: StepRow }) {
  const { t } = useTranslation()
  const { edges } = row.step
  const [first] = edges
  return (
    <span className={styles['step']}>
      <span aria-hidden className={styles['arrow']}>
        ↑
      </span>
      <b className={styles['edge']}>{edges.map(edgeName).join(', ')}</b>
      <span className={styles['dim']}>{first?.kind === 'static' ? t('paths.staticOf') : t('paths.of')}</span>
      <Labelled row={row} />
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
