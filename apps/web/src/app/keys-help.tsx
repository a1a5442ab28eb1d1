/** The keys, on `?`. */
import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './keys-help.module.css'

const KEYS = [
  ['↑ ↓', 'move'],
  ['→ ←', 'openRow'],
  ['*', 'heaviest'],
  ['Enter', 'enter'],
  ['.', 'menu'],
  ['Home End', 'ends'],
  ['/', 'filter'],
  ['Ctrl K', 'goto'],
  ['i', 'inspector'],
  ['g o', 'overview'],
  ['g s', 'suspects'],
  ['g h', 'histogram'],
  ['g d', 'dominators'],
  ['g c', 'case'],
  ['g t', 'timeline'],
  ['g a', 'cases'],
  ['+ − 0', 'zoom'],
  ['Ctrl V', 'paste'],
  ['?', 'help'],
] as const

export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="auto"
    >
      <dl className={styles['keys']}>
        {KEYS.map(([keys, name]) => (
          <div key={name}>
            <dt>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
