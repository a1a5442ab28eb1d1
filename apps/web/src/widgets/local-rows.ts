/** Rows that are all here, in the form in which tables take those of the server. */
import { useMemo } from 'react'
import type { PagedRows } from './paged-rows.ts'

const NOTHING = (): void => undefined

export function useLocalRows<Row>(rows: readonly Row[] | undefined): PagedRows<Row> {
  return useMemo(
    () => ({
      total: rows?.length,
      loaded: rows?.map((row, index) => ({ index, row })) ?? [],
      rowAt: (index) => rows?.[index],
      error: null,
      retry: NOTHING,
      onRange: NOTHING,
    }),
    [rows],
  )
}
