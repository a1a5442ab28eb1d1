/** One case: its evidence, how far each piece is, and what went wrong in words. */
import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '@heaptrail/api/cases'
import { caseQuery, deleteCase, forgetCase, renameCase, storeCase } from '../../server/cases.ts'
import { useRunningUploads, useTakeFiles } from '../../server/intake.tsx'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ChooseFiles } from '../../widgets/choose-files.tsx'
import { CaseFindings } from '../../widgets/case-findings.tsx'
import { PasteButton } from '../../widgets/paste-dialog.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { UploadRows } from '../../widgets/upload-rows.tsx'
import { ArtifactTable } from './artifact-table.tsx'
import { EarlyHistograms } from './early-histograms.tsx'
import { useOpenWhenReady } from './open-when-ready.ts'
import styles from './case-page.module.css'

export function CasePage({ place }: { place: PlaceOf<'case'> }) {
  const { data, error, refetch } = useQuery(caseQuery(place.caseId))
  if (error !== null && data === undefined) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return <OpenCase of={data} />
}

function OpenCase({ of }: { of: Case }) {
  const { t } = useTranslation()
  const take = useTakeFiles()
  const running = useRunningUploads(of.id)
  useOpenWhenReady(of, running)
  const empty = of.artifacts.length + of.uploads.length + running.length === 0
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['title']}>{of.title}</h1>
        <RenameCase of={of} />
        <DeleteCase of={of} />
        <PasteButton intoCase onFile={(file) => take.intoCase([file], of.id)} />
        <ChooseFiles onFiles={(files) => take.intoCase(files, of.id)}>{t('case.add')}</ChooseFiles>
      </div>
      {empty && <p className={styles['hint']}>{t('case.empty')}</p>}
      <UploadRows uploads={of.uploads} running={running} />
      <CaseFindings caseId={of.id} />
      {of.artifacts.length > 0 && <ArtifactTable artifacts={of.artifacts} />}
      <EarlyHistograms of={of} />
    </div>
  )
}

function RenameCase({ of }: { of: Case }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [title, setTitle] = useState<string | undefined>(undefined)
  const rename = useMutation({
    mutationFn: (text: string) => renameCase(of.id, text),
    onSuccess: (changed) => {
      storeCase(queryClient, changed)
      setTitle(undefined)
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (title !== undefined && title.trim() !== '') rename.mutate(title)
  }
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setTitle(of.title)}>
        {t('case.rename')}
      </Button>
      <Modal
        opened={title !== undefined}
        onClose={() => setTitle(undefined)}
        title={t('case.rename')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form onSubmit={submit} className={styles['form']}>
          <TextInput
            label={t('case.title')}
            value={title ?? ''}
            maxLength={200}
            data-autofocus
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {rename.error !== null && <ErrorState error={rename.error} />}
          <Button type="submit" loading={rename.isPending}>
            {t('case.save')}
          </Button>
        </form>
      </Modal>
    </>
  )
}

function DeleteCase({ of }: { of: Case }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { open } = useNavigation()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteCase(of.id),
    onSuccess: () => {
      open({ kind: 'home' })
      forgetCase(queryClient, of.id)
    },
  })
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
        {t('case.delete')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('case.delete')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles['form']}>
          <p>{t('case.deleteQuestion', { title: of.title, count: of.artifacts.length })}</p>
          {remove.error !== null && <ErrorState error={remove.error} />}
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('case.deleteConfirm')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
