/** The biggest objects as a treemap. The list beside it says the same, for keyboards and screen readers. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import { formatBytes } from '../../format/bytes.ts'
import { formatShare } from '../../format/count.ts'
import { objectSentence, objectText } from '../../format/object-text.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { dominatorsPlace } from '../../widgets/object-places.ts'
import { layOut, type Tile } from './treemap.ts'
import styles from './overview.module.css'

export function BiggestPicture({ place, summary }: { place: PlaceOf<'overview'>; summary: HeapSummary }) {
  const { t } = useTranslation()
  const [frame, { width, height }] = useSize()
  const tiles = useMemo(
    () => (width === 0 ? [] : layOut(summary.biggestObjects, summary.usedHeap, width, height)),
    [summary, width, height],
  )
  const count = tiles.filter((tile) => tile.object !== undefined).length
  return (
    <div ref={frame} className={styles['map']} role="group" aria-label={t('overview.pictureLabel', { count })}>
      {tiles.map((tile) => (
        <TileView key={tile.object?.id ?? 'rest'} tile={tile} place={place} usedHeap={summary.usedHeap} />
      ))}
    </div>
  )
}

function TileView({ tile, place, usedHeap }: { tile: Tile; place: PlaceOf<'overview'>; usedHeap: number }) {
  const { t } = useTranslation()
  const { object, bytes, x, y, width, height } = tile
  const style = { left: x, top: y, width, height }
  // In a narrow tile the line breaks at the dot only.
  const size = [formatBytes(bytes), formatShare(bytes / usedHeap)].map(unbroken).join(' · ')
  if (object === undefined) {
    return (
      <div className={styles['rest']} style={style} title={`${t('overview.rest')} ${size}`}>
        {hasText(tile) && (
          <span className={styles['tileText']}>
            {t('overview.rest')}
            <br />
            {size}
          </span>
        )}
      </div>
    )
  }
  const { prefix, name } = objectText(object)
  const words = `${objectSentence(object)}: ${size}`
  return (
    // The list beside the picture is the way for the keyboard.
    <PlaceLink
      to={dominatorsPlace({ ...place, objectId: object.id })}
      className={styles['tile']}
      style={style}
      title={words}
      aria-label={hasText(tile) ? undefined : words}
      tabIndex={-1}
    >
      {hasText(tile) && (
        <span className={styles['tileText']}>
          <b>
            {prefix} {name}
          </b>
          <br />
          {size}
        </span>
      )}
    </PlaceLink>
  )
}

function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

/** Smaller tiles are named on hover and in the list only. */
function hasText({ width, height }: Tile): boolean {
  return width > 84 && height > 36
}

function useSize() {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    setSize({ width: element.clientWidth, height: element.clientHeight })
    return () => observer.disconnect()
  }, [])
  return [frame, size] as const
}
