/** What stands in the rectangles of a dominator tree, which colour they have, and what is read out and shown beside the pointer. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DominatorGroup } from '@heaptrail/api/heap-tree'
import { formatBytes } from '../format/bytes.ts'
import { formatCount, formatShare } from '../format/count.ts'
import { objectSentence, objectText } from '../format/object-text.ts'
import { NO_COLOUR, packageColour } from './package-colour.ts'
import type { PaintRules } from './paint.ts'
import type { PictureTree } from './slice-tree.ts'

export interface SliceWords {
  readonly rules: PaintRules
  readonly sentence: (node: number) => string
}

/** @param titleOfGroup the same function as long as the groups are the same; absent where nothing is grouped */
export function useSliceWords(
  { node, packageOf, restOf }: PictureTree,
  usedHeap: number,
  titleOfGroup?: (group: DominatorGroup) => string,
): SliceWords {
  const { t } = useTranslation()
  return useMemo(() => {
    const title = (at: number) => {
      const rest = restOf(at)
      if (rest !== undefined) {
        const words = { count: rest.objects, formatted: formatCount(rest.objects) }
        return rest.isAll ? t('tree.groupObjects', words) : t('tree.rest', words)
      }
      const { group, id, ...object } = node(at)
      if (group !== undefined) return titleOfGroup?.(group) ?? group.name
      if (id === '0x0') return t('tree.wholeHeap')
      const { prefix, name, detail } = objectText(object)
      return [prefix, name, detail].filter((word) => word !== '').join(' ')
    }
    const name = (at: number) =>
      node(at).group === undefined && node(at).id !== '0x0' ? objectSentence(node(at)) : title(at)
    const sentence = (at: number) => {
      const rest = restOf(at)
      const of = node(at)
      const { retained, objects } = rest ?? { retained: of.retained, objects: of.children }
      const words = {
        name: name(rest?.of ?? at),
        retained: formatBytes(retained),
        share: formatShare(usedHeap > 0 ? retained / usedHeap : 0),
        count: objects,
        formatted: formatCount(objects),
      }
      if (rest !== undefined) return t('tree.restRectangle', words)
      return of.group === undefined ? t('tree.rectangle', words) : t('tree.groupRectangle', words)
    }
    const rules = {
      text: (at: number) => ({
        title: title(at),
        detail: formatBytes(restOf(at)?.retained ?? node(at).retained),
      }),
      colour: (at: number) => {
        const packageName = packageOf(restOf(at)?.of ?? at)
        return packageName === undefined ? NO_COLOUR : packageColour(packageName)
      },
      isPale: (at: number) => restOf(at) !== undefined,
    }
    return { rules, sentence }
  }, [t, node, packageOf, restOf, usedHeap, titleOfGroup])
}
