/** Which colour is which package, and how much is drawn. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { legendOf, restBytes, type PictureTree } from '../../rectangles/slice-tree.ts'
import styles from './picture.module.css'

export function PictureLegend({ picture }: { picture: PictureTree }) {
  const { t } = useTranslation()
  const entries = useMemo(() => legendOf(picture), [picture])
  const rest = useMemo(() => restBytes(picture), [picture])
  const count = picture.tree.firstRest - 1
  return (
    <div className={styles['legend']}>
      <ul aria-label={t('tree.legend')}>
        {entries.map(({ names, colour }) => (
          <li key={colour}>
            <span className={styles['swatch']} style={{ background: `var(--ht-map-${colour})` }} aria-hidden />
            {names.map((name) => (name === '' ? t('tree.noPackage') : name)).join(', ')}
          </li>
        ))}
        <li>
          <span className={styles['swatch']} style={{ background: 'var(--ht-map-none)' }} aria-hidden />
          {t('tree.withoutPackage')}
        </li>
      </ul>
      <span>
        {t('tree.drawn', { count, formatted: formatCount(count) })}
        {rest !== undefined && rest > 0 && t('tree.inLighter', { size: formatBytes(rest) })}
      </span>
    </div>
  )
}
