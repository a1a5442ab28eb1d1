/** A dump takes far more room than what was found in it: its file can go alone, and it is said what goes with it. */
import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Artifact } from '@heaptrail/api/cases'
import { formatBytes } from '../../format/bytes.ts'
import { caseQuery, deleteContent } from '../../server/cases.ts'
import { ErrorState } from '../../widgets/states.tsx'
import styles from './case-page.module.css'

export function DeleteFile({ artifact: { id, caseId, name, size } }: { artifact: Artifact }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteContent(id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey })
      setAsking(false)
    },
  })
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('case.file.deleteOf', { name })}
        onClick={() => setAsking(true)}
      >
        {t('case.file.delete')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('case.file.deleteOf', { name })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles['form']}>
          <p>{t('case.file.stays', { size: formatBytes(size) })}</p>
          <p>{t('case.file.goes')}</p>
          {remove.error !== null && <ErrorState error={remove.error} />}
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('case.file.confirm')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
