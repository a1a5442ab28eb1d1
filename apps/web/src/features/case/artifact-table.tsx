/** The evidence of a case as a table: what it is, how far it is, what can be done with it. */
import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Artifact, InputProblem } from '@heaptrail/api/cases'
import type { Place } from '@heaptrail/api/place'
import { fillRoute } from '@heaptrail/api/routes'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatDuration } from '../../format/time.ts'
import { serverSentence } from '../../i18n/server-sentences.ts'
import { type Analysed, withAnalyses } from '../../server/analyses.ts'
import { cancelAnalysis, caseQuery, deleteArtifact, isReady, isUnderWay, retryAnalysis } from '../../server/cases.ts'
import { useIntake } from '../../server/intake.tsx'
import { PlaceLink } from '../../url/navigation.tsx'
import { StateIcon, stateText, timeLeft } from '../../widgets/artifact-state.tsx'
import { optionsText } from '../../widgets/analysis-options-text.ts'
import { evidencePlace } from '../../widgets/evidence-places.ts'
import { errorSentence, problemText } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import { AnalyseAgain } from './analyse-again.tsx'
import styles from './case-page.module.css'
import { DeleteFile } from './delete-file.tsx'

export function ArtifactTable({ artifacts }: { artifacts: readonly Artifact[] }) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('case.evidence')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('case.column.name')}</th>
          <th scope="col">{t('case.column.kind')}</th>
          <th scope="col" className={table['numeric']}>
            {t('case.column.size')}
          </th>
          <th scope="col">{t('case.column.state')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('case.column.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {withAnalyses(artifacts).map((artifact) => (
          <ArtifactRow key={artifact.id} artifact={artifact} />
        ))}
      </tbody>
    </table>
  )
}

function ArtifactRow({ artifact }: { artifact: Analysed }) {
  const { t } = useTranslation()
  const place = placeOf(artifact)
  return (
    <tr>
      <td>
        <span className={styles['name']}>
          {place === undefined ? artifact.name : <PlaceLink to={place}>{artifact.name}</PlaceLink>}
          {artifact.options !== undefined && <span className={styles['dim']}>{optionsText(t, artifact.options)}</span>}
          {artifact.archive !== null && (
            <span className={styles['dim']}>{t('case.fromArchive', { archive: artifact.archive })}</span>
          )}
        </span>
      </td>
      <td>{t(`kind.${artifact.kind}`)}</td>
      <td className={table['numeric']} title={formatExactBytes(artifact.size)}>
        {formatBytes(artifact.size)}
      </td>
      <td>
        <State artifact={artifact} />
      </td>
      <td>
        <Actions artifact={artifact} />
      </td>
    </tr>
  )
}

function placeOf(artifact: Artifact): Place | undefined {
  if (!isReady(artifact)) return undefined
  const { kind } = artifact
  return kind === 'unknown' ? undefined : evidencePlace(artifact.caseId, { kind, artifactId: artifact.id, part: 0 })
}

function State({ artifact }: { artifact: Artifact }) {
  const { t } = useTranslation()
  const { state } = artifact
  return (
    <>
      <span className={styles['state']}>
        <StateIcon artifact={artifact} />
        <span>{stateText(t, artifact)}</span>
        {state.status === 'analysing' && (
          <>
            <Progress
              value={state.fraction * 100}
              aria-label={t('case.progress')}
              className={styles['bar']}
              transitionDuration={0}
            />
            <span className={styles['dim']}>{timeLeft(t, artifact)}</span>
            <Elapsed since={state.startedAt} />
          </>
        )}
      </span>
      {state.status === 'ready' && state.partial !== null && <Problem problem={state.partial} tone="warning" />}
      {state.status === 'failed' && <Problem problem={state.problem} tone="danger" />}
      {state.status === 'ready' && !artifact.contentKept && <p className={styles['problem']}>{t('case.file.gone')}</p>}
      {state.status === 'skipped' && <p className={styles['problem']}>{serverSentence(state.reason)}</p>}
    </>
  )
}

function Problem({ problem, tone }: { problem: InputProblem; tone: 'warning' | 'danger' }) {
  const { t } = useTranslation()
  return <p className={`${styles['problem']} ${styles[tone]}`}>{problemText(t, problem)}</p>
}

function Elapsed({ since }: { since: string }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={styles['dim']}>
      {t('case.elapsed', { time: formatDuration((now - Date.parse(since)) / 1000) })}
    </span>
  )
}

function Actions({ artifact }: { artifact: Analysed }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { awaited } = useIntake()
  const act = useMutation({
    mutationFn: (action: (artifactId: string) => Promise<void>) => action(artifact.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: caseQuery(artifact.caseId).queryKey }),
  })
  const [asking, setAsking] = useState(false)
  const canRetry = artifact.state.status === 'failed' || artifact.state.status === 'cancelled'
  const { options } = artifact
  const isWholeDump =
    artifact.kind === 'heap-dump' && options === undefined && isReady(artifact) && artifact.contentKept
  const name = options === undefined ? artifact.name : `${artifact.name} (${optionsText(t, options)})`
  function retry() {
    const others = queryClient.getQueryData(caseQuery(artifact.caseId).queryKey)?.artifacts ?? []
    awaited.set(artifact.caseId, new Set(others.map(({ id }) => id).filter((id) => id !== artifact.id)))
    act.mutate(retryAnalysis)
  }
  const button = { size: 'compact-xs', variant: 'default', disabled: act.isPending } as const
  return (
    <span className={styles['actions']}>
      {act.error !== null && <span role="alert">{errorSentence(t, act.error)}</span>}
      {isUnderWay(artifact) && (
        <Button {...button} aria-label={t('case.cancelOf', { name })} onClick={() => act.mutate(cancelAnalysis)}>
          {t('case.cancel')}
        </Button>
      )}
      {canRetry && (
        <Button {...button} aria-label={t('case.retryOf', { name })} onClick={retry}>
          {t('case.retry')}
        </Button>
      )}
      {isWholeDump && <AnalyseAgain artifact={artifact} />}
      {isWholeDump && <DeleteFile artifact={artifact} />}
      {options === undefined && artifact.kind !== 'unknown' && artifact.contentKept && (
        <DownloadButton artifact={artifact} />
      )}
      {asking ? (
        <>
          <Button {...button} color="red" onClick={() => act.mutate(deleteArtifact)}>
            {t('case.removeConfirm')}
          </Button>
          <Button {...button} onClick={() => setAsking(false)}>
            {t('case.keep')}
          </Button>
        </>
      ) : (
        <Button {...button} aria-label={t('case.removeOf', { name })} onClick={() => setAsking(true)}>
          {t('case.remove')}
        </Button>
      )}
    </span>
  )
}

function DownloadButton({ artifact: { id, name } }: { artifact: Artifact }) {
  const { t } = useTranslation()
  return (
    <Button
      size="compact-xs"
      variant="default"
      component="a"
      href={fillRoute('content', { artifactId: id })}
      aria-label={t('case.downloadOf', { name })}
    >
      {t('case.download')}
    </Button>
  )
}
