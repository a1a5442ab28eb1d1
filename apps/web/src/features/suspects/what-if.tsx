/** What would be freed if this reference of a path were cut; asked only when somebody wants to know. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CutAnswer } from '@heaptrail/api/what-if'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { edgeName } from '../../format/object-text.ts'
import { whatIfQuery } from '../../server/heap.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { errorSentence } from '../../widgets/states.tsx'
import type { OfDump } from './of-dump.ts'
import styles from './suspects.module.css'

interface WhatIfProps {
  readonly of: OfDump
  readonly source: string
  readonly target: string
}

export function WhatIf({ of, source, target }: WhatIfProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const { data, error } = useQuery({ ...whatIfQuery(of.artifactId, source, target), enabled: asked })
  if (!asked)
    return (
      <button type="button" className="link" onClick={() => setAsked(true)}>
        {t('suspects.whatIf')}
      </button>
    )
  if (error !== null) return <span role="alert">{errorSentence(t, error)}</span>
  return data === undefined ? <span>{t('waiting')}</span> : <Answer of={of} answer={data} />
}

function Answer({ of, answer }: { of: OfDump; answer: CutAnswer }) {
  const { t } = useTranslation()
  const { freed, isRoot, keptBy, nextBest } = answer
  if (freed.objects > 0) {
    const objects = formatCount(freed.objects)
    const key = freed.objectsExact ? 'suspects.cutFrees' : 'suspects.cutFreesMore'
    return <span role="status">{t(key, { bytes: formatBytes(freed.bytes), objects })}</span>
  }
  return (
    <span role="status" className={styles['cut']}>
      {isRoot ? t('suspects.cutRoot') : t('suspects.cutKept')}{' '}
      {keptBy.slice(0, 3).map(({ object, edges }) => (
        <span key={object.id}>
          <b>{edges.map(edgeName).join(', ')}</b> {t('paths.of')}{' '}
          <PlaceLink to={objectPlace({ ...of, objectId: object.id })}>
            <ObjectLabel object={object} />
          </PlaceLink>{' '}
        </span>
      ))}
      {nextBest !== null && (
        <span>
          {t('suspects.cutInstead', { bytes: formatBytes(nextBest.bytes) })}{' '}
          <b>{nextBest.edges.map(edgeName).join(', ')}</b> {t('paths.of')}{' '}
          <PlaceLink to={objectPlace({ ...of, objectId: nextBest.source.id })}>
            <ObjectLabel object={nextBest.source} />
          </PlaceLink>
        </span>
      )}
    </span>
  )
}
