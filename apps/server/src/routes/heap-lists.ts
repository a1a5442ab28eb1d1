import {
  ClassLoaders,
  ClassLoadersQuery,
  DuplicateClasses,
  DuplicateClassesQuery,
  LoadedClasses,
  LoadedClassesQuery,
} from '@heaptrail/api/heap-loaders'
import { JvmFacts, Properties, PropertiesQuery } from '@heaptrail/api/heap-properties'
import { GcRoots, GcRootsQuery, Unreachable, UnreachableQuery } from '@heaptrail/api/heap-roots'
import { ThreadDump, ThreadStack, Threads, ThreadsQuery } from '@heaptrail/api/heap-threads'
import { ObjectId } from '@heaptrail/api/ids'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { heapParams, openHeap, question, type HeapRouteNeeds } from './heap-question.ts'

const threadParams = heapParams.extend({ objectId: ObjectId })
const loaderParams = heapParams.extend({ loaderId: ObjectId.describe('`0x0`: the boot loader.') })

/** Threads of a heap. */
export const threadRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.threads,
    {
      schema: {
        ...question('Threads, what they do, and how much they hold', heapParams, Threads),
        querystring: ThreadsQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).threads(query),
  )

  app.get(
    ROUTES.threadStack,
    { schema: question('The stack of a thread, and what every frame holds', threadParams, ThreadStack) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).threadStack(params.objectId),
  )

  app.get(
    ROUTES.threadDump,
    { schema: question('All threads as a text in the form of a thread dump', heapParams, ThreadDump) },
    async ({ params }) => (await openHeap(needs, params.artifactId)).threadDump(),
  )
}

/** Class loaders of a heap. */
export const loaderRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.classLoaders,
    {
      schema: {
        ...question('Class loaders, and what they defined', heapParams, ClassLoaders),
        querystring: ClassLoadersQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).classLoaders(query),
  )

  app.get(
    ROUTES.loadedClasses,
    {
      schema: {
        ...question('Classes that one loader defined', loaderParams, LoadedClasses),
        querystring: LoadedClassesQuery,
      },
    },
    async ({ params, query }) =>
      (await openHeap(needs, params.artifactId)).loadedClasses({ ...query, loader: params.loaderId }),
  )

  app.get(
    ROUTES.duplicateClasses,
    {
      schema: {
        ...question('Classes of one name that several loaders defined', heapParams, DuplicateClasses),
        querystring: DuplicateClassesQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).duplicateClasses(query),
  )
}

/** GC roots, properties, and what is unreachable. */
export const listRoutes: FastifyPluginAsyncZod<HeapRouteNeeds> = async (app, needs) => {
  app.get(
    ROUTES.gcRoots,
    { schema: { ...question('GC roots by type, class and object', heapParams, GcRoots), querystring: GcRootsQuery } },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).gcRoots(query),
  )

  app.get(
    ROUTES.properties,
    {
      schema: {
        ...question('System properties and environment, without what looks like a secret', heapParams, Properties),
        querystring: PropertiesQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).properties(query),
  )

  app.get(ROUTES.jvmFacts, { schema: question('Facts about the JVM', heapParams, JvmFacts) }, async ({ params }) =>
    (await openHeap(needs, params.artifactId)).jvmFacts(),
  )

  app.get(
    ROUTES.unreachable,
    {
      schema: {
        ...question('What no GC root reaches, by class', heapParams, Unreachable),
        querystring: UnreachableQuery,
      },
    },
    async ({ params, query }) => (await openHeap(needs, params.artifactId)).unreachable(query),
  )
}
