/** Class names and objects, labelled the same in every view. */
import type { HeapObject } from '@heaptrail/api/heap'
import { useTranslation } from 'react-i18next'
import { splitClassName } from '../format/class-name.ts'
import { objectSentence, objectText } from '../format/object-text.ts'
import styles from './object-label.module.css'

export function ClassName({ name, own = false }: { name: string; own?: boolean }) {
  const { packageName, simpleName } = splitClassName(name)
  return (
    <span className={styles['label']} title={name}>
      {packageName !== '' && <span className={styles['package']}>{packageName}.</span>}
      <b className={styles['name']}>{simpleName}</b>
      {own && <OwnMark />}
    </span>
  )
}

type Labelled = Pick<HeapObject, 'id' | 'className' | 'label' | 'own' | 'reachable'>

/** `PoolArena$HeapArena 0xfd59b668 io.netty.buffer`, `class Utils …`, `Thread "main" …`. */
export function ObjectLabel({ object }: { object: Labelled }) {
  const { prefix, name, packageName, detail } = objectText(object)
  return (
    <span className={styles['label']} title={objectSentence(object)}>
      {prefix !== '' && <span className={styles['prefix']}>{prefix} </span>}
      <b className={styles['name']}>{name}</b>
      {detail !== '' && <span className={styles['detail']}>{detail}</span>}
      <ObjectId id={object.id} />
      {packageName !== '' && <span className={styles['package']}>{packageName}</span>}
      {object.own && <OwnMark />}
      {!object.reachable && <UnreachableMark />}
    </span>
  )
}

function UnreachableMark() {
  const { t } = useTranslation()
  return <span className={styles['unreachable']}>{t('object.isUnreachable')}</span>
}

export function ObjectId({ id }: { id: string }) {
  return <span className={styles['id']}>{id}</span>
}

/** Marks what belongs to the user's own code: a star in lists, with words where it is the point. */
export function OwnMark({ inWords = false }: { inWords?: boolean }) {
  const { t } = useTranslation()
  if (!inWords) {
    return (
      <span className={styles['star']} role="img" aria-label={t('own.mark')} title={t('own.explained')}>
        ★
      </span>
    )
  }
  return (
    <span className={styles['own']} data-own-mark title={t('own.explained')}>
      <span aria-hidden>★ </span>
      {t('own.mark')}
    </span>
  )
}
