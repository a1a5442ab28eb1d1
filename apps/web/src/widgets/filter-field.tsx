/** Part of a name, or what `hint` says. */
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTypedText } from './typed-text.ts'

interface FilterFieldProps {
  readonly value: string
  /** What is filtered by; absent: the name of a class. */
  readonly label?: string
  /** What may be typed. */
  readonly hint: string
  readonly onChange: (text: string) => void
}

export function FilterField({ value, label, hint, onChange }: FilterFieldProps) {
  const { t } = useTranslation()
  const name = label ?? t('histogram.filter')
  const { text, type } = useTypedText(value, onChange)
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
