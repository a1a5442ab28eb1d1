/** The open menu of an object. */
import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useObjectActions, type ObjectRef } from './object-action-list.ts'
import styles from './object-menu.module.css'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Opened {
  readonly object: ObjectRef
  readonly at: Point
}

export function ObjectMenu({ object, at, onClose }: Opened & { onClose: () => void }) {
  const { t } = useTranslation()
  const actions = useObjectActions(object)
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
          {actions
            .filter(({ leads }) => leads)
            .map((action) => (
              <Menu.Item key={action.id} onClick={action.run}>
                {action.label}
              </Menu.Item>
            ))}
          <Menu.Divider />
          {actions
            .filter(({ leads }) => !leads)
            .map((action) => (
              <Menu.Item key={action.id} onClick={action.run}>
                {action.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </section>
  )
}
