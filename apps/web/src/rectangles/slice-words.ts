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
  { node, packageOf }: PictureTree,
  usedHeap: number,
  titleOfGroup?: (group: DominatorGroup) => string,
): SliceWords {
  const { t } = useTranslation()
  return useMemo(() => {
    const title = (at: number) => {
      const { group, id, ...object } = node(at)
      if (group !== undefined) return titleOfGroup?.(group) ?? group.name
      if (id === '0x0') return t('tree.wholeHeap')
      const { prefix, name, detail } = objectText(object)
      return [prefix, name, detail].filter((word) => word !== '').join(' ')
    }
    const sentence = (at: number) => {
      const of = node(at)
      const words = {
        name: of.group === undefined && of.id !== '0x0' ? objectSentence(of) : title(at),
        retained: formatBytes(of.retained),
        share: formatShare(usedHeap > 0 ? of.retained / usedHeap : 0),
        count: of.children,
        formatted: formatCount(of.children),
      }
      return of.group === undefined ? t('tree.rectangle', words) : t('tree.groupRectangle', words)
    }
    const rules = {
      text: (at: number) => ({ title: title(at), detail: formatBytes(node(at).retained) }),
      colour: (at: number) => {
        const name = packageOf(at)
        return name === undefined ? NO_COLOUR : packageColour(name)
      },
    }
    return { rules, sentence }
  }, [t, node, packageOf, usedHeap, titleOfGroup])
}
