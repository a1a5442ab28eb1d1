/** The actions of the object menu as buttons, for where an object fills the view. */
import { Button } from '@mantine/core'
import { useObjectActions, type ObjectAction, type ObjectRef } from './object-action-list.ts'
import styles from './object-actions.module.css'

/** What would lead to what is on the screen already. */
const LEFT_OUT: Readonly<Record<'object' | 'paths', readonly ObjectAction['id'][]>> = {
  object: ['open', 'incoming'],
  paths: ['paths'],
}

/** @param here leaves out the action that leads to what is on the screen already */
export function ObjectActions({ object, here }: { object: ObjectRef; here?: 'object' | 'paths' }) {
  const leftOut = here === undefined ? [] : LEFT_OUT[here]
  const actions = useObjectActions(object).filter(({ id }) => !leftOut.includes(id))
  return (
    <div className={here === undefined ? styles['block'] : styles['line']}>
      {actions.map(({ id, label, run }) => (
        <Button key={id} size="compact-xs" variant="default" data-action={id} onClick={run}>
          {label}
        </Button>
      ))}
    </div>
  )
}
