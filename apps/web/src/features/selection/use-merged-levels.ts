/** The levels of merged paths that are open, each asked for in pages. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { MergedPaths, MergedRow } from '@heaptrail/api/merged-paths'
import { MERGED_SHOWN, type MergedPathsPlace } from '@heaptrail/api/place-selection'
import { mergedPathsQuery } from '../../server/selections.ts'
import { type LevelOf, type TreeRow, treeRows } from './merged-rows.ts'

export interface MergedLevels {
  /** Undefined until the first level has come. */
  readonly first: MergedPaths | undefined
  readonly rows: readonly TreeRow[]
  readonly error: Error | null
  readonly retry: () => void
}

export function useMergedLevels(place: MergedPathsPlace): MergedLevels {
  const combine = useCallback(
    (results: readonly UseQueryResult<MergedPaths>[]): MergedLevels => {
      const data = results.map((result) => result.data)
      const failed = results.find(({ error }) => error !== null)
      return {
        first: data[0],
        rows: treeRows(place, levelsOf(pagesOf(place), data)),
        error: failed?.error ?? null,
        retry: () => void failed?.refetch(),
      }
    },
    [place],
  )
  return useQueries({
    queries: pagesOf(place).map(({ row, offset }) => mergedPathsQuery(place, place, row, offset, MERGED_SHOWN)),
    combine,
  })
}

interface LevelPage {
  readonly row: readonly string[]
  readonly offset: number
}

function pagesOf({ shown: first, open }: MergedPathsPlace): readonly LevelPage[] {
  return [{ row: [], shown: first }, ...open].flatMap(({ row, shown }) =>
    Array.from({ length: Math.ceil(shown / MERGED_SHOWN) }, (_, page) => ({ row, offset: page * MERGED_SHOWN })),
  )
}

function levelsOf(wanted: readonly LevelPage[], data: readonly (MergedPaths | undefined)[]): LevelOf {
  const levels = new Map<string, { total: number; rows: MergedRow[] }>()
  for (const [place, { row }] of wanted.entries()) {
    const page = data[place]
    if (page === undefined) continue
    const name = row.join('.')
    const level = levels.get(name) ?? { total: page.total, rows: [] }
    levels.set(name, level)
    // A page that has come before the one above it waits for that.
    if (level.rows.length === page.offset) level.rows.push(...page.rows)
  }
  return (path) => levels.get(path.join('.'))
}
