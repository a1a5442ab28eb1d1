/** Files can be dropped on the whole page: into the open case, or as a new one. */
import { CloseButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { useTakeFiles } from '../server/intake.tsx'
import { useNavigation } from '../url/navigation.tsx'
import { ErrorState } from '../widgets/states.tsx'
import styles from './drop-anywhere.module.css'

export function DropAnywhere({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const { intoCase, intoNewCase } = useTakeFiles()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { mutate, error, reset } = useMutation({
    mutationFn: async (files: readonly File[]): Promise<Place> => {
      if (caseId === undefined) return intoNewCase(files)
      intoCase(files, caseId)
      return { kind: 'case', caseId }
    },
    onSuccess: open,
  })
  const isOver = useFileDrops(mutate)
  if (isOver) {
    return (
      <div className={styles['over']} role="status">
        {t(caseId === undefined ? 'drop.newCase' : 'drop.thisCase')}
      </div>
    )
  }
  if (error === null) return undefined
  return (
    <div className={styles['failed']}>
      <ErrorState error={error} />
      <CloseButton aria-label={t('close')} onClick={reset} />
    </div>
  )
}

/** Without these listeners the browser would leave the page and open the file itself. */
function useFileDrops(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    function onDragOver(event: DragEvent) {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setIsOver(true)
    }
    function onDragLeave(event: DragEvent) {
      if (event.relatedTarget === null) setIsOver(false)
    }
    function onDrop(event: DragEvent) {
      event.preventDefault()
      setIsOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) onFiles(files)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [onFiles])
  return isOver
}
