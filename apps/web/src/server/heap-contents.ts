/** What is inside an object. A snapshot never changes, so an answer stays good. */
import { Contents, HexRows, TextPage, type DownloadQuery, type TextEncoding } from '@heaptrail/api/heap-contents'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery } from './request.ts'

const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

export const contentsQuery = (artifactId: string, objectId: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'contents', objectId, offset, limit],
    queryFn: ({ signal }) =>
      request(Contents, withQuery(fillRoute('contents', { artifactId, objectId }), { offset, limit }), { signal }),
    ...KEEP,
  })

export const hexQuery = (artifactId: string, objectId: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'hex', objectId, offset, limit],
    queryFn: ({ signal }) =>
      request(HexRows, withQuery(fillRoute('objectHex', { artifactId, objectId }), { offset, limit }), { signal }),
    ...KEEP,
  })

/** @param encoding undefined: as it looks */
export const textQuery = (
  artifactId: string,
  objectId: string,
  encoding: TextEncoding | undefined,
  offset: number,
  limit: number,
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'text', objectId, encoding ?? '', offset, limit],
    queryFn: ({ signal }) =>
      request(TextPage, withQuery(fillRoute('objectText', { artifactId, objectId }), { encoding, offset, limit }), {
        signal,
      }),
    ...KEEP,
  })

/** Where the browser gets it as a file. */
export function downloadPath(
  artifactId: string,
  objectId: string,
  as: DownloadQuery['as'],
  encoding?: TextEncoding,
): string {
  return withQuery(fillRoute('objectDownload', { artifactId, objectId }), { as, encoding })
}
