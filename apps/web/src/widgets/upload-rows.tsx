/** Uploads that are on their way, broken off or failed, with what can be done about them. */
import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Upload } from '@heaptrail/api/cases'
import { formatBytes } from '../format/bytes.ts'
import { formatShare } from '../format/count.ts'
import { formatDuration } from '../format/time.ts'
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
  if (others.length + sending.length === 0) return undefined
  return (
    <ul className={styles['rows']} aria-label={t('upload.title')}>
      {sending.map((upload) => (
        <SendingRow key={upload.key} upload={upload} />
      ))}
      {others.map((upload) => (
        <ServerRow key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function SendingRow({ upload }: { upload: RunningUpload }) {
  const { t } = useTranslation()
  const { uploads } = useIntake()
  const { name, size, sent, speed, status } = upload
  const speedText = speed === undefined ? '' : `${formatBytes(speed)}/s`
  const left =
    speed === undefined || speed <= 0 ? '' : t('upload.left', { time: formatDuration((size - sent) / speed) })
  return (
    <li className={styles['row']}>
      <span className={styles['name']} title={name}>
        {name}
      </span>
      <Progress
        value={size === 0 ? 100 : (sent / size) * 100}
        aria-label={t('upload.progressOf', { name })}
        className={styles['bar']}
        transitionDuration={0}
      />
      <span className={styles['facts']}>
        {t('upload.sent', { sent: formatBytes(sent), size: formatBytes(size) })}
        {status === 'stopped'
          ? ` · ${t('upload.stopped')}`
          : [speedText, left].filter((part) => part !== '').map((part) => ` · ${part}`)}
      </span>
      {status === 'stopped' && (
        <Button size="compact-xs" variant="default" onClick={() => uploads.resume(upload.key)}>
          {t('upload.resume')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void uploads.cancel(upload.key)}
        aria-label={t('upload.cancelOf', { name })}
      >
        {t('upload.cancel')}
      </Button>
    </li>
  )
}

function ServerRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const dismiss = useMutation({ mutationFn: () => dismissUpload(upload.id) })
  const { state, name, size } = upload
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
        <Button size="compact-xs" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
          {state.status === 'failed' ? t('upload.dismiss') : t('upload.discard')}
        </Button>
      )}
    </li>
  )
}

function fractionOf({ state, size }: Upload): number {
  if (state.status === 'uploading') return size === 0 ? 1 : state.receivedBytes / size
  return state.status === 'unpacking' ? state.fraction : 0
}
