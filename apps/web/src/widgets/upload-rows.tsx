/** Uploads that are on their way, broken off or failed, with what can be done about them. */
import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Upload } from '@heaptrail/api/cases'
import { formatBytes } from '../format/bytes.ts'
import { formatShare } from '../format/count.ts'
import { formatDuration } from '../format/time.ts'
import { serverSentence } from '../i18n/server-sentences.ts'
import { dismissUpload } from '../server/cases.ts'
import { useIntake } from '../server/intake.tsx'
import type { RunningUpload } from '../server/uploads.ts'
import { problemText } from './states.tsx'
import styles from './upload-rows.module.css'

interface UploadRowsProps {
  /** What the server knows. */
  readonly uploads: readonly Upload[]
  /** What this page is sending. */
  readonly running: readonly RunningUpload[]
}

export function UploadRows({ uploads, running }: UploadRowsProps) {
  const { t } = useTranslation()
  const mine = new Set(running.map((upload) => upload.uploadId))
  const others = uploads.filter((upload) => !mine.has(upload.id) || upload.state.status !== 'uploading')
  const sending = running.filter((upload) => !others.some((other) => other.id === upload.uploadId))
  const states = [...sending.map((upload) => sayRunning(t, upload)), ...others.map((upload) => sayKnown(t, upload))]
  return (
    <>
      <p role="status" className="visually-hidden">
        {states.join(' ')}
      </p>
      {states.length > 0 && (
        <ul className={styles['rows']} aria-label={t('upload.title')}>
          {sending.map((upload) => (
            <SendingRow key={upload.key} upload={upload} />
          ))}
          {others.map((upload) => (
            <ServerRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Only what changes seldom: bytes and seconds would be read out without end. */
function sayRunning(t: TFunction, { name, status }: RunningUpload): string {
  return t(`upload.says.${status}`, { name })
}

function sayKnown(t: TFunction, { name, state }: Upload): string {
  switch (state.status) {
    case 'uploading':
      return t('upload.says.brokenOff', { name })
    case 'unpacking':
      return t('upload.says.unpacking', { name })
    case 'failed':
      return t('upload.says.failed', { name })
  }
}

function SendingRow({ upload }: { upload: RunningUpload }) {
  const { t } = useTranslation()
  const { uploads } = useIntake()
  const { key, name, size, sent, status } = upload
  const act = ACTIONS[status]
  return (
    <li className={styles['row']}>
      <span className={styles['name']} title={name}>
        {name}
      </span>
      <Progress
        value={size === 0 ? 100 : (sent / size) * 100}
        aria-label={t('upload.progressOf', { name })}
        className={styles['bar']}
        color={status === 'sending' ? undefined : 'gray'}
        transitionDuration={0}
      />
      <span className={status === 'stopped' ? styles['problem'] : styles['facts']}>{sendingFacts(t, upload)}</span>
      <span className={styles['actions']}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t(`upload.${act}Of`, { name })}
          onClick={() => (act === 'pause' ? void uploads.pause(key) : uploads.resume(key))}
        >
          {t(`upload.${act}`)}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void uploads.cancel(key)}
          aria-label={t('upload.cancelOf', { name })}
        >
          {t('upload.cancel')}
        </Button>
      </span>
    </li>
  )
}

const ACTIONS = { sending: 'pause', paused: 'resume', stopped: 'retry' } as const

function sendingFacts(t: TFunction, { size, sent, speed, status, problem }: RunningUpload): string {
  const facts = [t('upload.sent', { sent: formatBytes(sent), size: formatBytes(size) })]
  if (status === 'paused') facts.push(t('upload.paused'))
  if (status === 'stopped')
    facts.push(
      problem === undefined ? t('upload.stopped') : t('upload.stoppedFor', { problem: serverSentence(problem) }),
    )
  if (status === 'sending' && speed !== undefined) {
    facts.push(`${formatBytes(speed)}/s`)
    if (speed > 0) facts.push(t('upload.left', { time: formatDuration((size - sent) / speed) }))
  }
  return facts.join(' · ')
}

function ServerRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const dismiss = useMutation({ mutationFn: () => dismissUpload(upload.id) })
  const { state, name, size } = upload
  const act = state.status === 'failed' ? 'dismiss' : 'discard'
  return (
    <li className={styles['row']}>
      <span className={styles['name']} title={name}>
        {name}
      </span>
      {state.status !== 'failed' && (
        <Progress
          value={fractionOf(upload) * 100}
          aria-label={t('upload.progressOf', { name })}
          className={styles['bar']}
          transitionDuration={0}
        />
      )}
      <span className={state.status === 'failed' ? styles['problem'] : styles['facts']}>
        {state.status === 'unpacking' && t('upload.unpacking', { share: formatShare(state.fraction) })}
        {state.status === 'uploading' &&
          t('upload.brokenOff', { sent: formatBytes(state.receivedBytes), size: formatBytes(size) })}
        {state.status === 'failed' && problemText(t, state.problem)}
      </span>
      {state.status !== 'unpacking' && (
        <span className={styles['actions']}>
          <Button
            size="compact-xs"
            variant="default"
            loading={dismiss.isPending}
            aria-label={t(`upload.${act}Of`, { name })}
            onClick={() => dismiss.mutate()}
          >
            {t(`upload.${act}`)}
          </Button>
        </span>
      )}
    </li>
  )
}

function fractionOf({ state, size }: Upload): number {
  if (state.status === 'uploading') return size === 0 ? 1 : state.receivedBytes / size
  return state.status === 'unpacking' ? state.fraction : 0
}
