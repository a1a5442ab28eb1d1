import { Button } from '@mantine/core'
import { useRef, type ChangeEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A button with a real file input behind it, which keyboards and tests reach too. */
export function ChooseFiles({ onFiles, children }: { onFiles: (files: readonly File[]) => void; children: ReactNode }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  function onChange(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])]
    // The same file can be chosen again after a broken upload.
    event.target.value = ''
    if (files.length > 0) onFiles(files)
  }
  return (
    <>
      <Button onClick={() => input.current?.click()} size="compact-md">
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('drop.input')}
        className="visually-hidden"
        onChange={onChange}
      />
    </>
  )
}
