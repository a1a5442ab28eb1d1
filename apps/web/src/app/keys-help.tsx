/** The keys, on `?`. */
import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CASES_LETTER, LETTERED_VIEWS } from './view-list.ts'
import styles from './keys-help.module.css'

const KEYS = [
  ['↑ ↓', 'move'],
  ['→ ←', 'openRow'],
  ['*', 'heaviest'],
  ['Enter', 'enter'],
  ['.', 'menu'],
  ['Home End', 'ends'],
  ['/', 'filter'],
  ['Ctrl K', 'palette'],
  ['i', 'inspector'],
  ['+ − 0', 'zoom'],
  ['Ctrl V', 'paste'],
  ['?', 'help'],
] as const

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }} size="auto">
      <dl className={styles['keys']}>
        {KEYS.map(([keys, name]) => (
          <KeyRow key={name} keys={keys}>
            {t(`keys.${name}`)}
          </KeyRow>
        ))}
        <KeyRow keys={`g ${CASES_LETTER}`}>{t('keys.cases')}</KeyRow>
        {LETTERED_VIEWS.map(({ name, letter }) => (
          <KeyRow key={name} keys={`g ${letter}`}>
            {t('keys.goTo', { view: t(`view.${name}`) })}
          </KeyRow>
        ))}
      </dl>
    </Modal>
  )
}

/** Keys are separated by spaces. */
function KeyRow({ keys, children }: { keys: string; children: string }) {
  return (
    <div>
      <dt>
        {[...keys.split(' ').entries()].map(([position, key]) => (
          <Kbd key={position}>{key}</Kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
