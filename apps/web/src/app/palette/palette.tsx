/**
 * One field for everything: views, classes, object ids, cases and actions. A combobox with a list below it, as the
 * ARIA practices describe it: the focus stays in the field, the arrow keys walk, Enter runs.
 */
import { Kbd } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import type { Entry, Group } from './entries.ts'
import { useGroups } from './use-groups.tsx'
import type { PageActions } from './use-page-actions.ts'
import styles from './palette.module.css'

interface PaletteProps extends PageActions {
  readonly place: Place | NoPlace
  readonly onClose: () => void
}

export function Palette({ place, onClose, ...page }: PaletteProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  // At once, before the next key: who types right behind Ctrl K loses nothing.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  const leaving = {
    onCancel: onClose,
    onClick: (event: MouseEvent) => event.target === event.currentTarget && onClose(),
  }
  return (
    <dialog ref={dialog} aria-label={t('palette.title')} className={styles['palette']} {...leaving}>
      <Finder place={place} page={page} onClose={onClose} />
    </dialog>
  )
}

function Finder({ place, page, onClose }: { place: Place | NoPlace; page: PageActions; onClose: () => void }) {
  const { t } = useTranslation()
  const listId = useId()
  const [text, setText] = useState('')
  const groups = useGroups(place, text, page)
  const entries = groups.flatMap((group) => group.entries)
  const { active, activate, move } = useActive(entries)
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    // First closed, so that what runs may open something else or take the focus.
    onClose()
    entry.run()
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) move(step)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(entries.find(({ id }) => id === active))
    else return
    event.preventDefault()
  }
  return (
    <>
      <label className={styles['field']}>
        <IconSearch size={16} aria-hidden />
        <input
          // The dialog gives it the focus.
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active}`}
          aria-autocomplete="list"
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <Results listId={listId} groups={groups} active={active} onActivate={activate} onRun={run} />
      <p className="visually-hidden" role="status">
        {t('palette.results', { count: entries.length })}
      </p>
    </>
  )
}

/** The entry under the keyboard: the first one until an arrow key says otherwise. */
function useActive(entries: readonly Entry[]) {
  const [chosen, activate] = useState<string | undefined>(undefined)
  const position = Math.max(
    0,
    entries.findIndex(({ id }) => id === chosen),
  )
  function move(step: number) {
    activate(entries[(position + step + entries.length) % entries.length]?.id)
  }
  return { active: entries[position]?.id, activate, move }
}

interface ResultsProps {
  readonly listId: string
  readonly groups: readonly Group[]
  readonly active: string | undefined
  readonly onActivate: (id: string) => void
  readonly onRun: (entry: Entry) => void
}

function Results({ listId, groups, active, onActivate, onRun }: ResultsProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const entryAt = (target: EventTarget) => {
    const id = target instanceof Element ? target.closest('[data-entry]')?.getAttribute('data-entry') : undefined
    return groups.flatMap(({ entries }) => entries).find((entry) => entry.id === id)
  }
  const pointer = {
    // The focus stays in the field.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onMouseMove(event: MouseEvent) {
      const entry = entryAt(event.target)
      if (entry !== undefined && entry.id !== active) onActivate(entry.id)
    },
    onClick(event: MouseEvent) {
      const entry = entryAt(event.target)
      if (entry !== undefined) onRun(entry)
    },
  }
  return (
    <div ref={list} id={listId} role="listbox" aria-label={t('palette.list')} className={styles['list']} {...pointer}>
      {groups.map(({ name, entries }) => (
        <div key={name} role="group" aria-labelledby={`${listId}-group-${name}`}>
          <div id={`${listId}-group-${name}`} role="presentation" className={styles['group']}>
            {t(`palette.group.${name}`)}
          </div>
          {entries.map((entry) => (
            <div
              key={entry.id}
              id={`${listId}-${entry.id}`}
              role="option"
              aria-selected={entry.id === active}
              className={styles['entry']}
              tabIndex={-1}
              data-entry={entry.id}
            >
              <span className={styles['label']}>{entry.shown ?? entry.label}</span>
              <span className={styles['detail']}>{entry.detail}</span>
              {[...(entry.keys?.split(' ') ?? []).entries()].map(([position, key]) => (
                <Kbd key={position} aria-hidden>
                  {key}
                </Kbd>
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
