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

export function FilterField({ value, onChange, ...rest }: FilterFieldProps) {
  const { text, type, leave } = useTypedText(value, onChange)
  return <FilterInput {...rest} text={text} onType={type} onLeave={leave} />
}

interface FilterInputProps extends Pick<FilterFieldProps, 'label' | 'hint'> {
  readonly text: string
  readonly onType: (text: string, isUnfinished: boolean) => void
  readonly onLeave: () => void
}

/** For views with several fields, which share what is typed. */
export function FilterInput({ text, label, hint, onType, onLeave }: FilterInputProps) {
  const { t } = useTranslation()
  const name = label ?? t('histogram.filter')
  return (
    <TextInput
      size="xs"
      w="18rem"
      wrapperProps={{ 'data-filter-field': true }}
      data-filter
      aria-label={name}
      placeholder={hint}
      title={`${name} (/)`}
      maxLength={200}
      value={text}
      onChange={(event) => onType(event.currentTarget.value, isHalfExpression(event.currentTarget.value))}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onType('', false)
        else if (event.key === 'Enter') onLeave()
      }}
      onBlur={onLeave}
      spellCheck={false}
      autoComplete="off"
    />
  )
}

/** Between the slashes of a regular expression; what is found for it now is not what is meant. */
function isHalfExpression(text: string): boolean {
  return /^!*\//.test(text) && !/.\/$/.test(text)
}
