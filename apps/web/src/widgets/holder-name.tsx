/** Who holds objects: a class, and the field through which its objects do. */
import type { EdgeName } from '@heaptrail/api/heap'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { oneLine } from '../format/safe-text.ts'
import styles from './holder-name.module.css'
import { ClassName } from './object-label.tsx'

interface Holder {
  /** Null: GC roots refer to the objects themselves. */
  readonly holder: { readonly className: string; readonly own: boolean } | null
  readonly field: EdgeName | null
}

export function HolderName({ holder, field }: Holder) {
  const { t } = useTranslation()
  if (holder === null) return <span className={styles['dim']}>{t('owners.roots')}</span>
  return (
    <span className={styles['holder']} title={`${holder.className}${fieldText(t, field)}`}>
      <ClassName name={holder.className} own={holder.own} />
      <span className={styles['field']}>{fieldText(t, field)}</span>
    </span>
  )
}

function fieldText(t: TFunction, field: EdgeName | null): string {
  if (field === null) return ''
  if (field.kind === 'element') return ''
  const name = field.kind === 'thread-local' ? t('owners.local') : oneLine(field.name)
  return field.kind === 'static' ? `#${name} (${t('owners.static')})` : `#${name}`
}
