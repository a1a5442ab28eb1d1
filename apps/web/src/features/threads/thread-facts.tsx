/** The line above a stack: which thread it is of, and what is known of it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapObject } from '@heaptrail/api/heap'
import type { ThreadStack } from '@heaptrail/api/heap-threads'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { threadsPlace } from '../../widgets/list-places.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { stateText } from './thread-words.ts'
import styles from './threads.module.css'

interface ThreadFactsProps {
  readonly place: PlaceOf<'threads'>
  readonly stack: ThreadStack
  /** Buttons. */
  readonly children: ReactNode
}

export function ThreadFacts({ place, stack, children }: ThreadFactsProps) {
  const { t } = useTranslation()
  const { thread, contextClassLoader, task, carrier } = stack
  const link = (object: HeapObject) => (
    <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
      <ObjectLabel object={object} />
    </PlaceLink>
  )
  return (
    <div className={styles['panelHead']}>
      <h2>
        <ObjectLabel object={thread.object} />
      </h2>
      <div className={styles['buttons']}>{children}</div>
      <Facts inline>
        <Fact name={t('threads.column.state')}>{stateText(t, thread)}</Fact>
        {thread.blocker !== null && <Fact name={t('threads.fact.blocker')}>{link(thread.blocker)}</Fact>}
        {thread.owner !== null && (
          <Fact name={t('threads.fact.owner')}>
            <PlaceLink to={threadsPlace(place, thread.owner.id)}>
              <ObjectLabel object={thread.owner} />
            </PlaceLink>
          </Fact>
        )}
        {thread.number !== null && <Fact name={t('threads.fact.number')}>{thread.number}</Fact>}
        {thread.priority !== null && <Fact name={t('threads.fact.priority')}>{thread.priority}</Fact>}
        {thread.daemon !== null && (
          <Fact name={t('threads.daemon')}>{t(thread.daemon ? 'threads.yes' : 'threads.no')}</Fact>
        )}
        {thread.group !== null && <Fact name={t('threads.fact.group')}>{thread.group}</Fact>}
        {carrier !== null && <Fact name={t('threads.fact.carrier')}>{link(carrier)}</Fact>}
        {task !== null && <Fact name={t('threads.fact.task')}>{link(task)}</Fact>}
        {contextClassLoader !== null && <Fact name={t('threads.fact.loader')}>{link(contextClassLoader)}</Fact>}
      </Facts>
    </div>
  )
}
