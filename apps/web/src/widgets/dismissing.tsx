/** Says of a finding that it is none, with a reason, and takes that back. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dismissal } from '@heaptrail/api/dismissals'
import { dismiss, takeBack } from '../server/dismissals.ts'
import type { DismissalSubject } from './dismissal-subject.ts'
import { errorSentence } from './states.tsx'

export function DismissButton({ caseId, subject }: { caseId: string; subject: DismissalSubject }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState<string>()
  const say = useMutation({
    mutationFn: (text: string) => dismiss(queryClient, caseId, { ...subject, reason: text }),
  })
  if (reason === undefined)
    return (
      <button type="button" className="link" onClick={() => setReason('')}>
        {t('finding.dismiss')}
      </button>
    )
  function submit(event: FormEvent) {
    event.preventDefault()
    if (reason !== undefined && reason.trim() !== '') say.mutate(reason.trim())
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        size="xs"
        label={t('finding.dismissReason')}
        value={reason}
        maxLength={500}
        autoFocus
        error={say.error === null ? undefined : errorSentence(t, say.error)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-xs" loading={say.isPending} disabled={reason.trim() === ''}>
        {t('finding.dismissConfirm')}
      </Button>{' '}
      <button type="button" className="link" onClick={() => setReason(undefined)}>
        {t('finding.dismissCancel')}
      </button>
    </form>
  )
}

/** Why it was dismissed. */
export function Dismissed({ caseId, dismissal }: { caseId: string; dismissal: Dismissal }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const undo = useMutation({ mutationFn: () => takeBack(queryClient, caseId, dismissal.id) })
  return (
    <>
      {t('finding.dismissedBecause', { reason: dismissal.reason })}{' '}
      <button type="button" className="link" disabled={undo.isPending} onClick={() => undo.mutate()}>
        {t('finding.takeBack')}
      </button>
      {undo.error !== null && <span role="alert"> {errorSentence(t, undo.error)}</span>}
    </>
  )
}
