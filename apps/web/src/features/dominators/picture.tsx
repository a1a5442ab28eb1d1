/** The dominator tree as an icicle or a treemap: its heaviest part below one object, zoomed by click and keyboard. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DominatorGroup } from '@heaptrail/api/heap-tree'
import { LEVEL_SHOWN } from '@heaptrail/api/place-dominators'
import { RectangleMap } from '../../rectangles/rectangle-map.tsx'
import { pictureTree, type PictureTree } from '../../rectangles/slice-tree.ts'
import { useSliceWords } from '../../rectangles/slice-words.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { ancestorsQuery, sliceQuery } from '../../server/heap-tree.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace, openedPlace } from '../../widgets/object-places.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { groupName } from './group-name.ts'
import { PictureLegend } from './picture-legend.tsx'
import { PictureTrail } from './picture-trail.tsx'

/** Quick to get, and what most of the picture is made of; the rest fills in what is small. */
const FIRST_NODES = 1500
const ALL_NODES = 20_000

type DominatorsPlace = PlaceOf<'dominators'>

export function Picture({ place }: { place: DominatorsPlace }) {
  const { t } = useTranslation()
  const first = useQuery({ ...sliceQuery(place, place.root, FIRST_NODES), placeholderData: keepPreviousData })
  const isMore = !first.isPlaceholderData && first.data?.ids.length === FIRST_NODES
  const all = useQuery({ ...sliceQuery(place, place.root, ALL_NODES), enabled: isMore })
  const slice = isMore && all.data !== undefined ? all.data : first.data
  const picture = useMemo(() => slice && pictureTree(slice, place.group), [slice, place.group])
  if (first.error !== null) return <ErrorState error={first.error} retry={() => void first.refetch()} />
  if (picture === undefined) return <Waiting />
  if (picture.tree.count === 1 && place.root === undefined)
    return <EmptyState title={t('tree.none')}>{t(place.filter === '' ? 'tree.noneHint' : 'tree.noMatch')}</EmptyState>
  return (
    <>
      <PictureTrail place={place} />
      <Drawing place={place} picture={picture} />
      <PictureLegend picture={picture} />
    </>
  )
}

function Drawing({ place, picture }: { place: DominatorsPlace; picture: PictureTree }) {
  const { t } = useTranslation()
  const acts = useActs(place, picture)
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap ?? 0
  const { group } = place
  const titleOfGroup = useCallback((of: DominatorGroup) => groupName(t, group, of), [t, group])
  const { rules, sentence } = useSliceWords(picture, usedHeap, titleOfGroup)
  return (
    <RectangleMap
      label={t(`tree.label.${place.mode === 'icicle' ? 'icicle' : 'treemap'}`)}
      tree={picture.tree}
      arrangement={place.mode === 'icicle' ? 'icicle' : 'treemap'}
      rules={rules}
      sentence={sentence}
      {...acts}
    />
  )
}

/** What is selected and zoomed lies in the link; a group under the keyboard does not. */
function useActs(place: DominatorsPlace, { node, nodeOf, restOf }: PictureTree) {
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const [other, setOther] = useState<number | undefined>(undefined)
  const above = useQuery({ ...wayQuery(place), enabled: place.root !== undefined }).data?.rows.at(-2)
  const isObject = (at: number) => restOf(at) === undefined && node(at).group === undefined && node(at).id !== '0x0'

  function onSelect(at: number) {
    setOther(isObject(at) ? undefined : at)
    if (isObject(at)) replace({ ...place, selected: node(at).id })
  }
  function zoomOut() {
    if (place.root !== undefined) open({ ...place, root: above?.object.id, selected: place.root })
  }
  /** Below the object that the picture shows nothing more can be drawn: the rows have all. */
  function openRest(of: number) {
    if (of !== 0) onOpen(of)
    else open({ ...openedPlace(place, place.root), filter: place.filter, group: place.group })
  }
  function onOpen(at: number) {
    const { id, group, children } = node(at)
    const rest = restOf(at)
    if (rest !== undefined) openRest(rest.of)
    else if (at === 0) zoomOut()
    else if (group !== undefined) open({ ...place, mode: 'tree', openGroups: [{ key: group.key, shown: LEVEL_SHOWN }] })
    else if (children > 0) open({ ...place, root: id, selected: id })
    else open(objectPlace({ ...place, objectId: id }))
  }
  return {
    selected: other ?? nodeOf(place.selected),
    onSelect,
    onOpen,
    onMenu: (at: number, where: { x: number; y: number }) => {
      if (isObject(at)) openMenu({ caseId: place.caseId, artifactId: place.artifactId, objectId: node(at).id }, where)
    },
    onKey: (event: KeyboardEvent) => {
      if (event.key !== 'Backspace' && event.key !== '-') return false
      zoomOut()
      return true
    },
  }
}

/** The way down to what fills the picture, in the whole tree. */
export function wayQuery({ artifactId, root = '' }: DominatorsPlace) {
  return ancestorsQuery({ artifactId, filter: '', group: undefined }, root)
}
