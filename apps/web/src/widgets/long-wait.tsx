/** A question that takes seconds on a large heap, and can be given up. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { artifactKey } from '../server/heap.ts'
import { EmptyState, Waiting } from './states.tsx'
import styles from './long-wait.module.css'

interface LongWaitProps {
  readonly place: { readonly kind: string; readonly artifactId: string }
  /** What is done; absent: it is counted along the references. */
  readonly what?: string
}

export function LongWait({ place, what }: LongWaitProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [isGivenUp, setIsGivenUp] = useState(false)
  const queryKey = [...artifactKey(place.artifactId), place.kind]
  if (isGivenUp)
    return (
      <EmptyState title={t('selection.givenUp')}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setIsGivenUp(false)
            void queryClient.refetchQueries({ queryKey, type: 'active' })
          }}
        >
          {t('error.retry')}
        </Button>
      </EmptyState>
    )
  return (
    <div className={styles['state']}>
      <Waiting what={what ?? t('selection.waiting')} />
      <div className={styles['stop']}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setIsGivenUp(true)
            void queryClient.cancelQueries({ queryKey })
          }}
        >
          {t('cut.giveUp')}
        </Button>
      </div>
    </div>
  )
}
