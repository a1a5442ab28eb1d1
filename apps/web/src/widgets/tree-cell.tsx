/** The first cell of a row of a tree: indented by its level, with the button that opens it. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './tree-cell.module.css'

const INDENT_REM = 0.875
/** Deeper rows are not moved further to the right. */
const DEEPEST_INDENT = 20

interface TreeCellProps {
  /** From 1. */
  readonly level: number
  /** Undefined: nothing is below it. */
  readonly open: boolean | undefined
  /** What is opened, for the name of the button. */
  readonly name: string
  readonly onToggle: () => void
  readonly children: ReactNode
}

export function TreeCell({ level, open, name, onToggle, children }: TreeCellProps) {
  const { t } = useTranslation()
  const Chevron = open === true ? IconChevronDown : IconChevronRight
  const indent = { paddingLeft: `${(Math.min(level, DEEPEST_INDENT) - 1) * INDENT_REM}rem` }
  return (
    <span className={styles['cell']} style={indent}>
      {open === undefined ? (
        <span className={styles['leaf']} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles['toggle']}
          aria-label={open ? t('tree.close', { name }) : t('tree.open', { name })}
          onClick={onToggle}
        >
          <Chevron size={14} aria-hidden />
        </button>
      )}
      {children}
    </span>
  )
}
