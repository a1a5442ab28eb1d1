/** What the lists of a whole heap ask: threads, GC roots, class loaders, properties, what is unreachable. */
import {
  ClassLoaders,
  DuplicateClasses,
  LoadedClasses,
  type ClassLoadersQuery,
  type DuplicateClassesQuery,
  type LoadedClassesQuery,
} from '@heaptrail/api/heap-loaders'
import { JvmFacts, Properties } from '@heaptrail/api/heap-properties'
import { GcRoots, Unreachable, type GcRootsQuery, type UnreachableQuery } from '@heaptrail/api/heap-roots'
import { ThreadDump, ThreadStack, Threads, type ThreadsQuery } from '@heaptrail/api/heap-threads'
import { fillRoute } from '@heaptrail/api/routes'
import { queryOptions } from '@tanstack/react-query'
import { artifactKey } from './heap.ts'
import { request, withQuery, type QueryValue } from './request.ts'

/** A snapshot never changes, so an answer stays good. */
const KEEP = { staleTime: Infinity, gcTime: 10 * 60_000 } as const

/** A query without its window: what a view keeps in its place. */
type View<Query> = { readonly [Key in keyof Omit<Query, 'offset' | 'limit'>]: Readonly<Query[Key]> }

/** Lists stand between commas. */
function flat(view: object): Record<string, QueryValue> {
  return Object.fromEntries(
    Object.entries(view).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : (value as QueryValue)]),
  )
}

export const threadsQuery = (artifactId: string, view: View<ThreadsQuery>, offset: number, limit: number) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'threads', query],
    queryFn: ({ signal }) => request(Threads, withQuery(fillRoute('threads', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const threadStackQuery = (artifactId: string, objectId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'thread-stack', objectId],
    queryFn: ({ signal }) => request(ThreadStack, fillRoute('threadStack', { artifactId, objectId }), { signal }),
    ...KEEP,
  })

export function fetchThreadDump(artifactId: string): Promise<ThreadDump> {
  return request(ThreadDump, fillRoute('threadDump', { artifactId }))
}

export const gcRootsQuery = (artifactId: string, view: View<GcRootsQuery>, offset: number, limit: number) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'gc-roots', query],
    queryFn: ({ signal }) => request(GcRoots, withQuery(fillRoute('gcRoots', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const classLoadersQuery = (artifactId: string, view: View<ClassLoadersQuery>, offset: number, limit: number) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'class-loaders', query],
    queryFn: ({ signal }) =>
      request(ClassLoaders, withQuery(fillRoute('classLoaders', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

export const loadedClassesQuery = (
  artifactId: string,
  loaderId: string,
  view: View<LoadedClassesQuery>,
  offset: number,
  limit: number,
) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'loaded-classes', loaderId, query],
    queryFn: ({ signal }) =>
      request(LoadedClasses, withQuery(fillRoute('loadedClasses', { artifactId, loaderId }), query), { signal }),
    ...KEEP,
  })
}

export const duplicateClassesQuery = (
  artifactId: string,
  view: View<DuplicateClassesQuery>,
  offset: number,
  limit: number,
) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'duplicate-classes', query],
    queryFn: ({ signal }) =>
      request(DuplicateClasses, withQuery(fillRoute('duplicateClasses', { artifactId }), query), { signal }),
    ...KEEP,
  })
}

/** @param reveal names whose hidden values are asked for; `*`: all */
export const propertiesQuery = (
  artifactId: string,
  filter: string,
  reveal: readonly string[],
  offset: number,
  limit: number,
) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'properties', filter, reveal, offset, limit],
    queryFn: ({ signal }) => {
      const path = withQuery(fillRoute('properties', { artifactId }), { filter, offset, limit })
      const names = new URLSearchParams(reveal.map((name) => ['reveal', name])).toString()
      return request(Properties, names === '' ? path : `${path}&${names}`, { signal })
    },
    ...KEEP,
  })

export const jvmFactsQuery = (artifactId: string) =>
  queryOptions({
    queryKey: [...artifactKey(artifactId), 'jvm'],
    queryFn: ({ signal }) => request(JvmFacts, fillRoute('jvmFacts', { artifactId }), { signal }),
    ...KEEP,
  })

export const unreachableQuery = (artifactId: string, view: View<UnreachableQuery>, offset: number, limit: number) => {
  const query = { ...flat(view), offset, limit }
  return queryOptions({
    queryKey: [...artifactKey(artifactId), 'unreachable', query],
    queryFn: ({ signal }) =>
      request(Unreachable, withQuery(fillRoute('unreachable', { artifactId }), query), { signal }),
    ...KEEP,
  })
}
