/** What would be freed if a reference were cut: asked by the scissors of a step, or the key `x`. */
import { Button, CloseButton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { EdgeName, HeapObject } from '@heaptrail/api/heap'
import type { CutReference } from '@heaptrail/api/place-paths'
import type { CutAnswer } from '@heaptrail/api/what-if'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { edgeName } from '../../format/object-text.ts'
import { whatIfQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { errorSentence } from '../../widgets/states.tsx'
import styles from './paths-view.module.css'

interface OfDump {
  readonly caseId: string
  readonly artifactId: string
}

interface CutPanelProps {
  readonly of: OfDump
  readonly cut: CutReference
  /** Asks about another reference, or about none. */
  readonly onCut: (cut: CutReference | undefined) => void
  readonly onLeaveOut: (named: string) => void
}

export function CutPanel({ of, cut, onCut, onLeaveOut }: CutPanelProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = whatIfQuery(of.artifactId, cut.source, cut.target)
  const { data, error, fetchStatus } = useQuery(query)
  function giveUp() {
    void queryClient.cancelQueries(query)
    onCut(undefined)
  }
  return (
    <section aria-label={t('cut.title')} className={styles['panel']}>
      <div className={styles['panelHead']}>
        <h2>{t('cut.title')}</h2>
        <CloseButton size="sm" aria-label={t('cut.close')} onClick={giveUp} />
      </div>
      {error !== null && <p role="alert">{errorSentence(t, error)}</p>}
      {error === null && data === undefined && fetchStatus !== 'idle' && (
        <p role="status">
          {t('cut.counting')}{' '}
          <Button size="compact-xs" variant="default" onClick={giveUp}>
            {t('cut.giveUp')}
          </Button>
        </p>
      )}
      {data !== undefined && <Answer of={of} answer={data} onCut={onCut} onLeaveOut={onLeaveOut} />}
    </section>
  )
}

interface AnswerProps extends Omit<CutPanelProps, 'cut'> {
  readonly answer: CutAnswer
}

function Answer({ of, answer, onCut, onLeaveOut }: AnswerProps) {
  const { t } = useTranslation()
  const { freed, isRoot, keptBy, moreKeepers, nextBest, source, target, edges } = answer
  const isFreed = freed.objects > 0
  const figures = { bytes: formatBytes(freed.bytes), objects: formatCount(freed.objects) }
  return (
    <>
      <p>
        <Edge of={of} edges={edges} source={source} /> → <Linked of={of} object={target} />
      </p>
      <p role="status" className={isFreed ? styles['freed'] : undefined}>
        {isFreed && t(freed.objectsExact ? 'cut.frees' : 'cut.freesMore', figures)}
        {!isFreed && t(isRoot ? 'cut.isRoot' : 'cut.isKept')}
      </p>
      {keptBy.length > 0 && (
        <ul className={styles['keepers']} aria-label={t('cut.keepers')}>
          {keptBy.map(({ object, edges: names }) => (
            <li key={object.id}>
              <Edge of={of} edges={names} source={object} />
            </li>
          ))}
          {moreKeepers && <li>{t('cut.moreKeepers')}</li>}
        </ul>
      )}
      {nextBest !== null && (
        <p>
          {t('cut.instead', { bytes: formatBytes(nextBest.bytes) })}{' '}
          <Edge of={of} edges={nextBest.edges} source={nextBest.source} />{' '}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onCut({ source: nextBest.source.id, target: nextBest.target.id })}
          >
            {t('cut.askThis')}
          </Button>
        </p>
      )}
      <LeaveOut answer={answer} onLeaveOut={onLeaveOut} />
    </>
  )
}

/** Only fields have names by which paths can leave them out. */
function LeaveOut({ answer: { source, edges }, onLeaveOut }: Pick<AnswerProps, 'answer' | 'onLeaveOut'>) {
  const { t } = useTranslation()
  const field = edges.find(({ kind }) => kind === 'field' || kind === 'static')
  if (field === undefined) return undefined
  const className = source.label.kind === 'class' ? source.label.name : source.className
  const named = `${className}#${edgeName(field)}`
  return (
    <Button size="compact-xs" variant="default" onClick={() => onLeaveOut(named)}>
      {t('cut.leaveOut', { named })}
    </Button>
  )
}

function Edge({ of, edges, source }: { of: OfDump; edges: readonly EdgeName[]; source: HeapObject }) {
  const { t } = useTranslation()
  return (
    <>
      <b className={styles['edge']}>{edges.map(edgeName).join(', ')}</b> {t('paths.of')}{' '}
      <Linked of={of} object={source} />
    </>
  )
}

function Linked({ of, object }: { of: OfDump; object: HeapObject }) {
  return (
    <PlaceLink to={objectPlace({ ...of, objectId: object.id })}>
      <ObjectLabel object={object} />
    </PlaceLink>
  )
}
