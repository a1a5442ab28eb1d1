/** Text that was copied from a terminal or a chat, as evidence like any file. */
import { Button, Modal, Textarea } from '@mantine/core'
import { IconClipboardText } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../format/count.ts'
import styles from './paste-dialog.module.css'

interface PasteDialogProps {
  /** What was pasted already; undefined: closed. */
  readonly text: string | undefined
  readonly intoCase: boolean
  readonly onClose: () => void
  readonly onFile: (file: File) => void
}

/** Shows the text before anything is sent: a clipboard may hold what nobody meant to share. */
export function PasteDialog({ text, intoCase, onClose, onFile }: PasteDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={text !== undefined}
      onClose={onClose}
      size="xl"
      title={t('paste.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <PasteForm key={text} initial={text ?? ''} intoCase={intoCase} onFile={onFile} />
    </Modal>
  )
}

function PasteForm({ initial, intoCase, onFile }: { initial: string } & Pick<PasteDialogProps, 'intoCase' | 'onFile'>) {
  const { t } = useTranslation()
  const [text, setText] = useState(initial)
  const lines = text.trim() === '' ? 0 : text.trimEnd().split(/\r\n|\r|\n/).length
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (lines > 0) onFile(fileOf(text, new Date()))
      }}
    >
      <p className={styles['hint']}>{t('paste.hint')}</p>
      <Textarea
        aria-label={t('paste.text')}
        value={text}
        rows={16}
        data-autofocus
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: styles['text'] }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles['foot']}>
        <span role="status">{t('paste.lines', { count: lines, formatted: formatCount(lines) })}</span>
        <Button type="submit" disabled={lines === 0}>
          {intoCase ? t('paste.add') : t('paste.newCase')}
        </Button>
      </div>
    </form>
  )
}

/** A file named by the time at which it was pasted: nothing else is known of it. */
export function fileOf(text: string, at: Date): File {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')
  return new File([text], `pasted-${day}-${time}.txt`, { type: 'text/plain', lastModified: at.getTime() })
}

export function PasteButton({ intoCase, onFile }: Pick<PasteDialogProps, 'intoCase' | 'onFile'>) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconClipboardText size={14} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t('paste.button')}
      </Button>
      <PasteDialog
        text={isOpen ? '' : undefined}
        intoCase={intoCase}
        onClose={() => setIsOpen(false)}
        onFile={(file) => {
          setIsOpen(false)
          onFile(file)
        }}
      />
    </>
  )
}
