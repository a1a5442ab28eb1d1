/** Files of the server's machine that may be read where they lie. */
import { ImportableFiles, OpenedFile } from '@heaptrail/api/local-files'
import { ROUTES } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { request, withQuery } from './request.ts'

export const IMPORTABLE_SHOWN = 200

/** None when the operator allows none. */
export const importableQuery = queryOptions({
  queryKey: ['importable'],
  queryFn: ({ signal }) =>
    request(ImportableFiles, withQuery(ROUTES.importable, { limit: IMPORTABLE_SHOWN }), { signal }),
})

/** @param path of the import folder, relative to it. @returns the id of the new case */
export async function openImportable(path: string): Promise<string> {
  return (await request(OpenedFile, ROUTES.open, { method: 'POST', body: { path } })).caseId
}
