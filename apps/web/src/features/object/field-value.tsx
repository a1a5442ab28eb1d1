/** The value of a field, an element, or a member of a collection. */
import { useTranslation } from 'react-i18next'
import type { FieldValue as Value } from '@heaptrail/api/heap'
import { oneLine } from '../../format/safe-text.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import styles from './object-view.module.css'

export function FieldValue({ value }: { value: Value }) {
  const { t } = useTranslation()
  switch (value.kind) {
    case 'null':
      return <span className={styles['dim']}>null</span>
    case 'primitive':
      return <span className={styles['value']}>{oneLine(value.text)}</span>
    case 'dangling':
      return (
        <span>
          <span className={styles['value']}>{value.id}</span>{' '}
          <span className={styles['dim']}>{t('object.dangling')}</span>
        </span>
      )
    case 'reference':
      return <ObjectLabel object={value.object} />
  }
}
