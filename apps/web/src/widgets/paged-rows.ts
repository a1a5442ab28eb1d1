/** A long list of the server as rows by position: only the pages on the screen are asked for. */
import type { Page } from '@heaptrail/api/page'
import { useQueries, useQueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { MAX_ROWS } from './row-list.tsx'

export const PAGE_ROWS = 200
/** A linked row is looked for in so many pages; a list is seldom scrolled further. */
const LOCATE_PAGES = 50

export type PageQuery<P, K extends QueryKey> = (offset: number, limit: number) => UseQueryOptions<P, Error, P, K>

/** A row and its position in the whole list, from 0. */
export interface Positioned<Row> {
  readonly index: number
  readonly row: Row
}

export interface PagedRows<Row> {
  /** Undefined until the first page of the first list has come. */
  readonly total: number | undefined
  /** The rows that are here. */
  readonly loaded: readonly Positioned<Row>[]
  /** Undefined while its page is on the way. */
  readonly rowAt: (index: number) => Row | undefined
  readonly error: Error | null
  readonly retry: () => void
  readonly onRange: (first: number, last: number) => void
}

type RowOf<P extends Page<unknown>> = P['rows'][number]

/**
 * @param identity changes when the list becomes another one (sorted, filtered); the old rows stay on
 * the screen until the new ones have come
 * @returns the rows, and any page of the list for what stands beside them (sums)
 */
export function usePagedRows<P extends Page<unknown>, K extends QueryKey>(
  identity: string,
  page: PageQuery<P, K>,
): PagedRows<RowOf<P>> & { readonly anyPage: P | undefined } {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const offsets = pageOffsets(range)
  const results = useQueries({ queries: offsets.map((offset) => page(offset, PAGE_ROWS)) })
  const pages = new Map<number, P>()
  for (const [position, result] of results.entries()) {
    const offset = offsets[position]
    if (result.data !== undefined && offset !== undefined) pages.set(offset, result.data)
  }
  const shown = useKept(pages.size === 0 ? undefined : { identity, pages })
  const loaded = useMemo(() => positioned<RowOf<P>>(shown?.pages), [shown])
  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((old) => (old.first === first && old.last === last ? old : { first, last })),
    [],
  )
  const anyPage = shown?.pages.values().next().value
  return {
    total: anyPage?.total,
    anyPage,
    loaded,
    rowAt: (index) => shown?.pages.get(Math.floor(index / PAGE_ROWS) * PAGE_ROWS)?.rows[index % PAGE_ROWS],
    error: results.find((result) => result.error !== null)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
    onRange,
  }
}

const NOTHING = () => undefined

/** A list that is here as a whole, for the same tables. */
export function useWholeList<Row>(all: readonly Row[] | undefined): PagedRows<Row> {
  return useMemo(
    () => ({
      total: all?.length,
      loaded: all?.map((row, index) => ({ index, row })) ?? [],
      rowAt: (index) => all?.[index],
      error: null,
      retry: NOTHING,
      onRange: NOTHING,
    }),
    [all],
  )
}

function positioned<Row>(pages: ReadonlyMap<number, Page<Row>> | undefined): Positioned<Row>[] {
  return [...(pages ?? [])].flatMap(([offset, { rows }]) =>
    rows.map((row, position) => ({ index: offset + position, row })),
  )
}

/** The newest list, or the one before while the newest is on the way; the same object until something changed. */
function useKept<P>(fresh: Kept<P>): Kept<P> {
  const [kept, setKept] = useState(fresh)
  if (fresh === undefined || samePages(kept, fresh)) return kept
  setKept(fresh)
  return fresh
}

type Kept<P> = { readonly identity: string; readonly pages: ReadonlyMap<number, P> } | undefined

function samePages<P>(a: Kept<P>, b: Kept<P>): boolean {
  if (a === undefined || b === undefined || a.identity !== b.identity || a.pages.size !== b.pages.size) return a === b
  return [...a.pages].every(([offset, page]) => b.pages.get(offset) === page)
}

function pageOffsets({ first, last }: { first: number; last: number }): number[] {
  const offsets: number[] = []
  const end = Math.min(last, MAX_ROWS - 1)
  for (let offset = Math.floor(first / PAGE_ROWS) * PAGE_ROWS; offset <= end; offset += PAGE_ROWS) offsets.push(offset)
  return offsets
}

/**
 * The position of the row that a link selects, looked for once when the view opens; -1 while unknown.
 * Moving the list there is for links: a row that the user selects is on the screen already.
 */
export function useLinkedRow<P extends Page<unknown>, K extends QueryKey>(
  page: PageQuery<P, K>,
  matches: ((row: P['rows'][number]) => boolean) | undefined,
): number {
  const queryClient = useQueryClient()
  const [search] = useState(() => (matches === undefined ? undefined : { page, matches }))
  const [found, setFound] = useState(-1)
  useEffect(() => {
    if (search === undefined) return undefined
    let wanted = true
    async function look({ page, matches }: NonNullable<typeof search>) {
      for (let offset = 0; offset < LOCATE_PAGES * PAGE_ROWS; offset += PAGE_ROWS) {
        const { rows, total } = (await queryClient.fetchQuery(page(offset, PAGE_ROWS) as never)) as P
        const position = rows.findIndex(matches)
        if (!wanted) return
        if (position !== -1) return setFound(offset + position)
        if (offset + PAGE_ROWS >= total) return
      }
    }
    // A failure shows in the list itself, which asks for the same pages.
    look(search).catch(() => setFound(-1))
    return () => {
      wanted = false
    }
  }, [search, queryClient])
  return found
}
