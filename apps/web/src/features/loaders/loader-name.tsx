/** What a class loader is called: by its own name, else by where it loads from, else by its class. */
import { useTranslation } from 'react-i18next'
import type { ClassLoaderRow } from '@heaptrail/api/heap-loaders'
import { splitClassName } from '../../format/class-name.ts'
import { formatCount } from '../../format/count.ts'
import styles from './loaders.module.css'

type Named = Pick<ClassLoaderRow, 'name' | 'urls' | 'object' | 'id'>

/** For the names of buttons. */
export function loaderTitle({ name, urls, object, id }: Named): string {
  return name ?? urls[0] ?? object?.className ?? id
}

export function LoaderName({ row }: { row: Named }) {
  const { t } = useTranslation()
  const { name, urls, object, id } = row
  const className = object === null || id === '0x0' ? '' : object.className
  const { simpleName } = splitClassName(className)
  const shownUrl = urls[0] === undefined ? '' : fileName(urls[0])
  const title = [className, id, ...urls].filter((part) => part !== '').join('\n')
  return (
    <span className={styles['name']} title={title}>
      <b>{name ?? (shownUrl === '' ? simpleName : shownUrl)}</b>
      {name === null && shownUrl === '' ? undefined : <span className={styles['dim']}>{simpleName}</span>}
      {name !== null && shownUrl !== '' && <span className={styles['dim']}>{shownUrl}</span>}
      {urls.length > 1 && (
        <span className={styles['dim']}>
          {t('loaders.moreUrls', { count: urls.length - 1, formatted: formatCount(urls.length - 1) })}
        </span>
      )}
      {id !== '0x0' && <span className={styles['id']}>{id}</span>}
    </span>
  )
}

/** `file:/srv/plugins/mail-1.2.jar` → `mail-1.2.jar`; folders as they are. */
function fileName(url: string): string {
  return url.endsWith('/') ? url : url.slice(url.lastIndexOf('/') + 1)
}
