/** The actions of the object menu as buttons, for where an object fills the view. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigation } from '../url/navigation.tsx'
import { copyText, useCopyLink } from './copy-link.tsx'
import type { ObjectRef } from './object-menu.tsx'
import { dominatorsPlace, objectPlace, pathsPlace } from './object-places.ts'
import styles from './object-actions.module.css'

/** @param here leaves out the action that leads to what is on the screen already */
export function ObjectActions({ object, here }: { object: ObjectRef; here?: 'object' | 'paths' }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const { copyLink, result } = useCopyLink()
  const button = { size: 'compact-xs', variant: 'default' } as const
  return (
    <div className={here === undefined ? styles['block'] : styles['line']}>
      {here !== 'object' && (
        <Button {...button} onClick={() => open(objectPlace(object))}>
          {t('object.open')}
        </Button>
      )}
      {here !== 'paths' && (
        <Button {...button} onClick={() => open(pathsPlace(object))}>
          {t('object.paths')}
        </Button>
      )}
      <Button {...button} onClick={() => open(dominatorsPlace(object))}>
        {t('object.showInDominators')}
      </Button>
      {here !== 'object' && (
        <Button {...button} onClick={() => open(objectPlace(object, 'incoming'))}>
          {t('object.incoming')}
        </Button>
      )}
      <Button {...button} onClick={() => void copyText(object.objectId)}>
        {t('object.copyId')}
      </Button>
      <Button {...button} onClick={() => copyLink(objectPlace(object))}>
        {result === 'none' ? t('object.copyLink') : t(`copy.${result}`)}
      </Button>
    </div>
  )
}
