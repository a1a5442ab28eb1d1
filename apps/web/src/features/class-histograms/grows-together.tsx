/** Classes whose instances grew nearly one for one: mostly the parts of one thing that is never let go. */
import { useTranslation } from 'react-i18next'
import type { ClassGrowth } from '@heaptrail/api/class-histograms'
import { formatSignedBytes } from '../../format/bytes.ts'
import { formatDecimal, formatSigned } from '../../format/count.ts'
import { ClassName } from '../../widgets/object-label.tsx'
import styles from './class-histograms.module.css'

export function GrowsTogether({ groups }: Pick<ClassGrowth, 'groups'>) {
  const { t } = useTranslation()
  if (groups.length === 0) return undefined
  return (
    <details className={styles['together']}>
      <summary>{t('growth.together', { count: groups.length })}</summary>
      <p className={styles['none']}>{t('growth.togetherHint')}</p>
      {groups.map(({ group, bytesGrowth, classes }) => (
        <ul key={group} aria-label={t('growth.groupTitle', { group: group + 1 })}>
          {classes.map(({ name, own, instancesGrowth, ratio }, index) => (
            <li key={name}>
              <span className={styles['group']}>{group + 1}</span>
              <ClassName name={name} own={own} />
              <span className={styles['none']}>
                {formatSigned(instancesGrowth)}
                {index > 0 && ` (× ${formatDecimal(Math.round(ratio * 100) / 100)})`}
                {index === 0 && ` · ${t('growth.groupBytes', { bytes: formatSignedBytes(bytesGrowth) })}`}
              </span>
            </li>
          ))}
        </ul>
      ))}
    </details>
  )
}
