/** Part of a name, or what `hint` says. */
import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const TYPING_PAUSE_MS = 200

interface FilterFieldProps {
  readonly value: string
  /** What is filtered by; absent: the name of a class. */
  readonly label?: string
  /** What may be typed. */
  readonly hint: string
  readonly onChange: (text: string) => void
}

/** Typing replaces the place when it pauses; a change from elsewhere (Back) shows at once. */
export function FilterField({ value, label, hint, onChange }: FilterFieldProps) {
  const { t } = useTranslation()
  const name = label ?? t('histogram.filter')
  const [text, setText] = useState(value)
  const [shownValue, setShownValue] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (value !== shownValue) {
    setShownValue(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  function type(next: string) {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(next), TYPING_PAUSE_MS)
  }
  return (
    <TextInput
      size="xs"
      w="18rem"
      data-filter
      aria-label={name}
      placeholder={hint}
      title={`${name} (/)`}
      maxLength={200}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && type('')}
      spellCheck={false}
      autoComplete="off"
    />
  )
}
