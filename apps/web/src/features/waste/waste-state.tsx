/** The view without rows: what it waits for, that it needs the dump, or that nothing is wasted. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaceOf } from '../../url/place-of.ts'
import { LongWait } from '../../widgets/long-wait.tsx'
import { RequestFailure } from '../../server/request.ts'
import { EmptyState, ErrorState } from '../../widgets/states.tsx'

interface WasteStateProps {
  readonly place: PlaceOf<'waste'>
  readonly rows: { readonly error: Error | null; readonly retry: () => void; readonly total: number | undefined }
  /** Shown when there are some. */
  readonly children: ReactNode
}

export function WasteState({ place, rows: { error, retry, total }, children }: WasteStateProps) {
  const { t } = useTranslation()
  if (error instanceof RequestFailure && error.code === 'gone')
    return <EmptyState title={t('waste.needsDump')}>{t('waste.needsDumpHint')}</EmptyState>
  if (error !== null) return <ErrorState error={error} retry={retry} />
  if (total === undefined) return <LongWait place={place} what={t(`waste.waiting.${place.of}`)} />
  if (total > 0) return children
  return (
    <EmptyState title={t('waste.none')}>{t(place.filter === '' ? 'waste.noneAtAll' : 'waste.noneMatches')}</EmptyState>
  )
}
