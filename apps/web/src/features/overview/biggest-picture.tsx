/** The heaviest part of the dominator tree as a treemap; the list below it says the biggest ones again. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DominatorSlice } from '@heaptrail/api/heap-tree'
import { RectangleMap } from '../../rectangles/rectangle-map.tsx'
import { pictureTree } from '../../rectangles/slice-tree.ts'
import { useSliceWords } from '../../rectangles/slice-words.ts'
import { sliceQuery } from '../../server/heap-tree.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { dominatorsPlace, openedPlace } from '../../widgets/object-places.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'

/** As many as the dominator tree draws first, which then has them already. */
const NODES = 1500

interface PictureProps {
  readonly place: PlaceOf<'overview'>
  readonly usedHeap: number
}

export function BiggestPicture({ place, usedHeap }: PictureProps) {
  const { t } = useTranslation()
  const tree = { artifactId: place.artifactId, filter: '', group: undefined }
  const { data, error, refetch } = useQuery(sliceQuery(tree, undefined, NODES))
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  if (data.ids.length === 1) return <EmptyState title={t('tree.none')}>{t('tree.noneHint')}</EmptyState>
  return <Drawing place={place} usedHeap={usedHeap} slice={data} />
}

function Drawing({ place, usedHeap, slice }: PictureProps & { slice: DominatorSlice }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const openMenu = useObjectMenu()
  const [selected, setSelected] = useState<number | undefined>(undefined)
  const picture = useMemo(() => pictureTree(slice, undefined), [slice])
  const { rules, sentence } = useSliceWords(picture, usedHeap)
  const { caseId, artifactId } = place
  const objectOf = (node: number) =>
    node === 0 || picture.restOf(node) !== undefined ? undefined : picture.node(node).id
  function onOpen(node: number) {
    const rest = picture.restOf(node)
    if (rest !== undefined) open(openedPlace(place, objectOf(rest.of)))
    else open(dominatorsPlace({ ...place, objectId: objectOf(node) }))
  }
  function onMenu(node: number, at: { x: number; y: number }) {
    const objectId = objectOf(node)
    if (objectId !== undefined) openMenu({ caseId, artifactId, objectId }, at)
  }
  return (
    <RectangleMap
      label={t('overview.picture')}
      tree={picture.tree}
      arrangement="treemap"
      selected={selected}
      rules={rules}
      sentence={sentence}
      opensAtOnce
      onSelect={setSelected}
      onOpen={onOpen}
      onMenu={onMenu}
    />
  )
}
