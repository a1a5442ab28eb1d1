/** Views without rows: each says why, and what to do. `whole`: nothing else is in the view, so the title is its heading. */
import { Button, Loader } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { formatCount } from '../format/count.ts'
import { serverSentence } from '../i18n/server-sentences.ts'
import { RequestFailure } from '../server/request.ts'
import styles from './states.module.css'

export function EmptyState({
  title,
  whole = false,
  children,
}: {
  title: string
  whole?: boolean
  children?: ReactNode
}) {
  const Heading = whole ? 'h1' : 'h2'
  return (
    <div className={styles['state']}>
      <Heading>{title}</Heading>
      {children !== undefined && <div className={styles['text']}>{children}</div>}
    </div>
  )
}

interface ErrorStateProps {
  readonly error: Error
  readonly retry?: (() => void) | undefined
  readonly whole?: boolean
}

export function ErrorState({ error, retry, whole = false }: ErrorStateProps) {
  const { t } = useTranslation()
  const Heading = whole ? 'h1' : 'h2'
  return (
    <div className={styles['state']} role="alert">
      <Heading>{errorTitle(t, error)}</Heading>
      <p className={styles['text']}>{errorSentence(t, error)}</p>
      {retry !== undefined && (
        <Button size="compact-sm" variant="default" onClick={retry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  )
}

/** In words for people, with the place in the input when the fault has one. */
export function errorSentence(t: TFunction, error: Error): string {
  if (!(error instanceof RequestFailure)) return t('error.unknown', { message: error.message })
  if (error.code === 'unreachable') return t('error.unreachable')
  if (error.code === 'unexpected') return t('error.unexpected', { message: error.message })
  return problemText(t, error)
}

interface Problem {
  readonly message: string
  readonly byte?: number | undefined
  readonly line?: number | undefined
}

/** The sentence with the place in the input behind it, unless it names that itself. */
export function problemText(t: TFunction, { message: english, byte, line }: Problem): string {
  const message = serverSentence(english)
  const position = byte ?? line
  const isNamed = position !== undefined && message.replaceAll(',', '').split(/\D+/).includes(String(position))
  return isNamed ? message : message + whereText(t, { byte, line })
}

/** ` (byte 48,812,031)` or ` (line 17)` */
function whereText(t: TFunction, where: Omit<Problem, 'message'>): string {
  if (where.byte !== undefined) return ` ${t('error.byte', { byte: formatCount(where.byte) })}`
  return where.line === undefined ? '' : ` ${t('error.line', { line: formatCount(where.line) })}`
}

function errorTitle(t: TFunction, error: Error): string {
  if (!(error instanceof RequestFailure)) return t('error.title.other')
  switch (error.code) {
    case 'unreachable':
      return t('error.title.unreachable')
    case 'not-found':
    case 'case-not-found':
    case 'artifact-not-found':
    case 'object-not-found':
    case 'class-not-found':
    case 'view-not-found':
    case 'gone':
      return t('error.title.notFound')
    case 'not-ready':
      return t('error.title.notReady')
    default:
      return t('error.title.other')
  }
}

/** Shown only when the answer takes long enough to wonder. */
export function Waiting({ what }: { what?: string }) {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles['state']} role="status" data-waiting>
      {late && (
        <span className={styles['waiting']}>
          <Loader size="xs" /> {what ?? t('waiting')}
        </span>
      )}
    </div>
  )
}
