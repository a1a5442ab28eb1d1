/** What all objects of a class, or of several, retain together, exactly: computed when somebody asks, and given up when they want. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { retainedSetQuery } from '../../server/selections.ts'
import { Size } from '../../widgets/size.tsx'
import { errorSentence } from '../../widgets/states.tsx'
import styles from './histogram.module.css'

interface OfClasses {
  readonly artifactId: string
  readonly classes: readonly string[]
}

/** Rows that nobody has asked watch nothing: there are hundreds of them. */
export function ExactRetained({ artifactId, classes }: OfClasses) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = retainedSetQuery({ artifactId, objects: [], classes })
  const [isAsked, setAsked] = useState(() => queryClient.getQueryState(query.queryKey) !== undefined)
  if (isAsked) return <Asked artifactId={artifactId} classes={classes} />
  const ask = () => {
    void queryClient.prefetchQuery(query)
    setAsked(true)
  }
  return (
    <button type="button" tabIndex={-1} className={styles['exact']} title={t('histogram.exactHint')} onClick={ask}>
      {t('histogram.exactAsk')}
    </button>
  )
}

function Asked({ artifactId, classes }: OfClasses) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = retainedSetQuery({ artifactId, objects: [], classes })
  const { data, error, isFetching, refetch } = useQuery({ ...query, enabled: false })
  if (data !== undefined) return <Size bytes={data.bytes} />
  const stop = () => void queryClient.cancelQueries({ queryKey: query.queryKey })
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['exact']}
      aria-busy={isFetching}
      title={error === null ? t('histogram.exactHint') : errorSentence(t, error)}
      onClick={isFetching ? stop : () => void refetch()}
    >
      {buttonText(t, isFetching, error)}
    </button>
  )
}

function buttonText(t: TFunction, isFetching: boolean, error: Error | null): string {
  if (isFetching) return t('histogram.exactStop')
  return error === null ? t('histogram.exactAsk') : t('histogram.exactFailed')
}
