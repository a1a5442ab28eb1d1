/** Files can be dropped, and files and text pasted, on the whole page: into the open case, or as a new one. */
import { CloseButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Suspense, lazy, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { type TakenFiles, useTakeFiles } from '../server/intake.tsx'
import { useNavigation } from '../url/navigation.tsx'
import { useSay } from '../widgets/notice.tsx'
import { ErrorState } from '../widgets/states.tsx'
import { isTyping, overlayIsOpen } from '../widgets/keyboard.ts'
import styles from './drop-anywhere.module.css'

const PasteDialog = lazy(async () => ({ default: (await import('../widgets/paste-dialog.tsx')).PasteDialog }))

export function DropAnywhere({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const say = useSay()
  const { intoCase, intoNewCase } = useTakeFiles()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { mutate, error, reset } = useMutation({
    mutationFn: async (files: readonly File[]): Promise<TakenFiles> => {
      if (caseId === undefined) return intoNewCase(files)
      intoCase(files, caseId)
      return { place: { kind: 'case', caseId }, alreadyThere: false }
    },
    onSuccess(taken, given) {
      open(taken.place)
      if (taken.alreadyThere) say(t('upload.alreadyThere', { name: given[0]?.name, count: given.length }))
    },
  })
  const isOver = useFileDrops(mutate)
  const [pasted, setPasted] = useState<string | undefined>(undefined)
  usePastes(mutate, setPasted)
  if (isOver) {
    return (
      <div className={styles['over']} role="status">
        {t(caseId === undefined ? 'drop.newCase' : 'drop.thisCase')}
      </div>
    )
  }
  return (
    <>
      {pasted !== undefined && (
        <Suspense>
          <PasteDialog
            text={pasted}
            intoCase={caseId !== undefined}
            onClose={() => setPasted(undefined)}
            onFile={(file) => {
              setPasted(undefined)
              mutate([file])
            }}
          />
        </Suspense>
      )}
      {error !== null && (
        <div className={styles['failed']}>
          <ErrorState error={error} />
          <CloseButton aria-label={t('close')} onClick={reset} />
        </div>
      )}
    </>
  )
}

/** Where nothing is being typed, what is pasted is evidence: files at once, text after a look at it. */
function usePastes(onFiles: (files: readonly File[]) => void, onText: (text: string) => void): void {
  useEffect(() => {
    function onPaste(event: ClipboardEvent) {
      if (event.clipboardData === null || isTyping(event.target) || overlayIsOpen()) return
      const files = [...event.clipboardData.files]
      const text = event.clipboardData.getData('text/plain')
      if (files.length === 0 && text.trim() === '') return
      event.preventDefault()
      if (files.length > 0) onFiles(files)
      else onText(text)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [onFiles, onText])
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
