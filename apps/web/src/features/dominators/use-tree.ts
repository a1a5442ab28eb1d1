/** The tree of a place: pages from the query cache, and the ways down to linked objects that are not in sight. */
import { useQueries, useQueryClient, type QueryState } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ancestorsQuery, groupsQuery, levelQuery } from '../../server/heap-tree.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { useKeptRows } from '../../widgets/kept-rows.ts'
import { chainFrom, type Chain } from './chains.ts'
import { indexOfObject } from './tree-changes.ts'
import { PAGE, treeRows, type Loaded, type Tree, type TreeRow } from './tree-rows.ts'

/** A link that leads to more hidden rows than this is not one that somebody made by looking. */
const MOST_CHAINS = 12

export interface LiveTree extends Tree {
  /** Linked objects that are not to be found: unreachable, left out by the filter, or not in this dump. */
  readonly missing: readonly string[]
  readonly retry: () => void
}

export function useTree(place: PlaceOf<'dominators'>): LiveTree {
  const queryClient = useQueryClient()
  const wanted = useMemo(
    () => [...(place.selected === undefined ? [] : [place.selected]), ...place.expanded.map(({ object }) => object)],
    [place.selected, place.expanded],
  )
  const [asked, setAsked] = useState<readonly string[]>([])
  const ancestors = useQueries({ queries: asked.map((objectId) => ancestorsQuery(place, objectId)) })
  const chains = new Map<string, Chain>()
  for (const [index, result] of ancestors.entries()) {
    const objectId = asked[index]
    if (objectId !== undefined && result.data !== undefined) chains.set(objectId, chainFrom(result.data))
  }

  const build = (objectIds: readonly string[]) =>
    treeRows(
      {
        ...place,
        isGrouped: place.group !== undefined,
        chains: objectIds.flatMap((objectId) => chains.get(objectId) ?? []),
      },
      {
        level: (request) => loaded(queryClient.getQueryState(levelQuery(place, request).queryKey)),
        groups: (offset) => loaded(queryClient.getQueryState(groupsQuery(place, offset, PAGE).queryKey)),
      },
    )

  // Chains that no longer lead to anything wanted go, but not before what replaces them is there.
  const exact = build(asked.filter((objectId) => wanted.includes(objectId)))
  const unseen = isLoading(exact)
    ? undefined
    : wanted.find((objectId) => indexOfObject(exact.rows, objectId) === -1 && !hasFailed(objectId))
  const tree = unseen === undefined ? exact : build(asked)
  const pages = useQueries({ queries: tree.requests.map((request) => levelQuery(place, request)) })
  const groups = useQueries({ queries: tree.groupRequests.map((offset) => groupsQuery(place, offset, PAGE)) })

  function hasFailed(objectId: string): boolean {
    const result = ancestors[asked.indexOf(objectId)]
    return result !== undefined && (result.error !== null || result.data?.rows.length === 0)
  }
  useEffect(() => {
    if (unseen !== undefined)
      setAsked((old) => (old.includes(unseen) || old.length >= MOST_CHAINS ? old : [...old, unseen]))
  }, [unseen])

  return {
    ...tree,
    rows: useKeptRows(tree.rows, keyOfRow),
    missing: wanted.filter(hasFailed),
    retry: () => {
      for (const page of [...pages, ...groups]) if (page.error !== null) void page.refetch()
    },
  }
}

function keyOfRow({ key }: TreeRow): string {
  return key
}

function isLoading(tree: Tree): boolean {
  return tree.rows.some((row) => row.kind === 'pending')
}

function loaded<Page>(state: QueryState<Page> | undefined): Loaded<Page> {
  if (state?.data !== undefined) return { status: 'ready', page: state.data }
  return state?.status === 'error' && state.error !== null
    ? { status: 'failed', error: state.error }
    : { status: 'pending' }
}
