/** The filter of a column of numbers. */
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export const NUMBER_COLUMNS = ['objects', 'shallow', 'retained'] as const

interface NumberFilterProps {
  readonly column: (typeof NUMBER_COLUMNS)[number]
  readonly text: string
  readonly onType: (text: string, isUnfinished: boolean) => void
  readonly onLeave: () => void
}

export function NumberFilter({ column, text, onType, onLeave }: NumberFilterProps) {
  const { t } = useTranslation()
  const name = t('histogram.columnFilter', { column: t(`histogram.column.${column}`) })
  return (
    <TextInput
      size="xs"
      w="5rem"
      aria-label={name}
      title={`${name}: ${column === 'objects' ? t('histogram.countHint') : t('histogram.sizeHint')}`}
      placeholder={t(`histogram.column.${column}`)}
      maxLength={40}
      value={text}
      onChange={(event) => onType(event.currentTarget.value, isUnfinishedNumber(event.currentTarget.value))}
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

const AMOUNT = String.raw`\d[\d,_]*(\.\d+)?\s*(%|[kmgt]?i?b?)`
const CONDITION = new RegExp(String.raw`^\s*!*\s*((>=|<=|>|<|=)?\s*${AMOUNT}|${AMOUNT}\s*\.\.\s*${AMOUNT})?\s*$`, 'i')

/** `>` and `10..` become something with the next key. What a condition means is the server's to say. */
export function isUnfinishedNumber(text: string): boolean {
  return !CONDITION.test(text) || /^\s*!+\s*$/.test(text)
}
