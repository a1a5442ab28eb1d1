/** The same actions for an object in every view: right click, `.`, or the buttons of the Inspector. */
import type { Place } from '@heaptrail/api/place'
import { Menu } from '@mantine/core'
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigation } from '../url/navigation.tsx'
import { copyText, useCopyLink } from './copy-link.tsx'
import { dominatorsPlace, objectPlace, pathsPlace } from './object-places.ts'
import styles from './object-menu.module.css'

/** An object of one dump. */
export interface ObjectRef {
  readonly caseId: string
  readonly artifactId: string
  readonly objectId: string
}

interface Opened {
  readonly object: ObjectRef
  readonly at: { readonly x: number; readonly y: number }
}

type OpenMenu = (object: ObjectRef, at: { x: number; y: number }) => void
const ObjectMenuContext = createContext<OpenMenu>(() => undefined)

export function useObjectMenu(): OpenMenu {
  return useContext(ObjectMenuContext)
}

export function ObjectMenuProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const origin = useRef<Element | null>(null)
  const open = useCallback<OpenMenu>((object, at) => {
    origin.current = document.activeElement
    // After the key or click that asks for it: the menu would take the same event as a wish to close.
    setTimeout(() => setOpened({ object, at }))
  }, [])
  useEffect(() => {
    const focusIsLost = opened === undefined && document.activeElement === document.body
    if (focusIsLost && origin.current instanceof HTMLElement) origin.current.focus({ preventScroll: true })
  }, [opened])
  return (
    <ObjectMenuContext value={open}>
      {children}
      {opened !== undefined && <ObjectMenu {...opened} onClose={() => setOpened(undefined)} />}
    </ObjectMenuContext>
  )
}

function ObjectMenu({ object, at, onClose }: Opened & { onClose: () => void }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const { copyLink } = useCopyLink()
  const go = (place: Place) => () => open(place)
  const label = t('object.actions', { id: object.objectId })
  return (
    <section aria-label={label}>
      <Menu
        opened
        onClose={onClose}
        position="bottom-start"
        offset={2}
        transitionProps={{ duration: 0 }}
        returnFocus={false}
        withInitialFocusPlaceholder={false}
        withinPortal={false}
      >
        <Menu.Target>
          <button
            type="button"
            tabIndex={-1}
            aria-label={label}
            className={styles['anchor']}
            style={{ left: at.x, top: at.y }}
          />
        </Menu.Target>
        <Menu.Dropdown aria-label={label}>
          <Menu.Item onClick={go(objectPlace(object))}>{t('object.open')}</Menu.Item>
          <Menu.Item onClick={go(dominatorsPlace(object))}>{t('object.showInDominators')}</Menu.Item>
          <Menu.Item onClick={go(pathsPlace(object))}>{t('object.paths')}</Menu.Item>
          <Menu.Item onClick={go(objectPlace(object, 'incoming'))}>{t('object.incoming')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void copyText(object.objectId)}>{t('object.copyId')}</Menu.Item>
          <Menu.Item onClick={() => copyLink(objectPlace(object))}>{t('object.copyLink')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </section>
  )
}
