/** The figures and objects that a finding rests on; every one of them can be opened. */
import { useTranslation } from 'react-i18next'
import type { HeapFinding, Holder, NettyPool } from '@heaptrail/api/heap-findings'
import type { HeapObject } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { edgeName } from '../../format/object-text.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { dominatorsPlace, nettyPlace, objectPlace, pathsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import type { OfDump } from './of-dump.ts'
import { WhatIf } from './what-if.tsx'
import styles from './suspects.module.css'

interface EvidenceProps {
  readonly finding: HeapFinding
  readonly of: OfDump
  readonly usedHeap: number
}

export function Evidence({ finding: { parameters }, of, usedHeap }: EvidenceProps) {
  if ('allocator' in parameters) return <PoolEvidence pool={parameters} of={of} />
  if ('asked' in parameters)
    return (
      <div className={styles['evidence']}>
        <PathSteps path={parameters.path} of={of} />
      </div>
    )
  return 'holder' in parameters ? <HolderEvidence holder={parameters} of={of} usedHeap={usedHeap} /> : undefined
}

function HolderEvidence({ holder, of, usedHeap }: { holder: Holder; of: OfDump; usedHeap: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles['evidence']}>
      <table className={styles['table']}>
        <caption>{t('suspects.holders')}</caption>
        <tbody>
          {holder.holders.map((object) => (
            <tr key={object.id}>
              <td>
                <PlaceLink to={dominatorsPlace({ ...of, objectId: object.id })}>
                  <ObjectLabel object={object} />
                </PlaceLink>
              </td>
              <td className={styles['numeric']}>
                <Size bytes={object.retained} />
              </td>
              <td>
                <ShareBar part={object.retained} whole={usedHeap} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PathSteps path={holder.path} of={of} />
      {holder.thread !== null && holder.thread.stack.length > 0 && (
        <details>
          <summary>{t('suspects.stack')}</summary>
          <PlaceLink to={objectPlace({ ...of, objectId: holder.thread.object.id })}>
            <ObjectLabel object={holder.thread.object} />
          </PlaceLink>
          <ol className={styles['stack']}>
            {holder.thread.stack.map((frame, place) => (
              <li key={`${place} ${frame}`}>{frame}</li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

function PathSteps({ path, of }: { path: Holder['path']; of: OfDump }) {
  const { t } = useTranslation()
  const [first] = path
  if (first === undefined) return undefined
  return (
    <div>
      <PlaceLink to={pathsPlace({ ...of, objectId: first.object.id })}>{t('suspects.path')}</PlaceLink>
      <ol className={styles['path']}>
        {path.map(({ object, edges }, place) => (
          <li key={`${place} ${object.id}`}>
            {edges.length > 0 && (
              <>
                <span aria-hidden>↑ </span>
                <b className={styles['edge']}>{edges.map(edgeName).join(', ')}</b> {t('paths.of')}{' '}
              </>
            )}
            <ObjectLink object={object} of={of} />
            {before(path, place) !== undefined && (
              <>
                {' '}
                <WhatIf of={of} source={object.id} target={before(path, place)?.object.id ?? ''} />
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

function before(path: Holder['path'], place: number): Holder['path'][number] | undefined {
  return path[place - 1]
}

function ObjectLink({ object, of }: { object: HeapObject; of: OfDump }) {
  return (
    <PlaceLink to={objectPlace({ ...of, objectId: object.id })}>
      <ObjectLabel object={object} />
    </PlaceLink>
  )
}

function PoolEvidence({ pool, of }: { pool: NettyPool; of: OfDump }) {
  const { t } = useTranslation()
  return (
    <div className={styles['evidence']}>
      <table className={styles['table']}>
        <caption>{t('suspects.arenas')}</caption>
        <thead>
          <tr>
            <th>{t('suspects.arena')}</th>
            <th className={styles['numeric']}>{t('suspects.chunks')}</th>
            <th className={styles['numeric']}>{t('suspects.bytes')}</th>
            <th className={styles['numeric']}>{t('suspects.taken')}</th>
          </tr>
        </thead>
        <tbody>
          {pool.arenas.map(({ object, chunks, bytes, taken }) => (
            <tr key={object.id}>
              <td>
                <ObjectLink object={object} of={of} />
              </td>
              <td className={styles['numeric']}>{formatCount(chunks)}</td>
              <td className={styles['numeric']}>
                <Size bytes={bytes} />
              </td>
              <td className={styles['numeric']}>
                <Size bytes={taken} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PlaceLink to={nettyPlace(of)}>{t('suspects.netty')}</PlaceLink>
      <PathSteps path={pool.path} of={of} />
    </div>
  )
}
