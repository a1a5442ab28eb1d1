/** The name of a class or a package. */
import { useTranslation } from 'react-i18next'
import type { ClassGroup } from '@heaptrail/api/class-histograms'
import { ClassName, OwnMark } from '../../widgets/object-label.tsx'
import styles from './class-histograms.module.css'

export function NameCell({ name, own, group }: { name: string; own: boolean; group: ClassGroup }) {
  const { t } = useTranslation()
  if (group === 'class') return <ClassName name={name} own={own} />
  return (
    <span title={name} className={styles['package']}>
      {name === '' ? t('histo.noPackage') : name} {own && <OwnMark />}
    </span>
  )
}
