/** Opens the palette, and says with which keys that goes too. */
import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './palette-button.module.css'

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)

export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const keys = IS_MAC ? '⌘K' : 'Ctrl K'
  return (
    <UnstyledButton
      className={styles['button']}
      onClick={onOpen}
      aria-haspopup="dialog"
      aria-keyshortcuts={IS_MAC ? 'Meta+K' : 'Control+K'}
      title={`${t('palette.placeholder')} (${keys})`}
    >
      <IconSearch size={14} aria-hidden />
      <span className={styles['text']}>{t('palette.button')}</span>
      <span className={styles['keys']} aria-hidden>
        {keys}
      </span>
    </UnstyledButton>
  )
}
