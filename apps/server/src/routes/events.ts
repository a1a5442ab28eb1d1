/** Server-sent events: a whole case whenever something in it changed. */
import { Readable } from 'node:stream'
import type { CaseEvent } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Access } from '../access/access.ts'
import type { CaseStore } from '../cases/cases.ts'
import type { Changes } from '../cases/changes.ts'
import { overloaded } from '../errors.ts'

const HEARTBEAT_MS = 15_000
/** A reader that lags so many bytes behind is let go; it comes back by itself and gets the present state. */
const MAX_BACKLOG = 4 * 2 ** 20

export interface EventRouteNeeds {
  readonly cases: CaseStore
  readonly changes: Changes
  readonly access: Access
  /** Streams at the same time. */
  readonly mostStreams: number
}

export const eventRoutes: FastifyPluginAsyncZod<EventRouteNeeds> = async (app, needs) => {
  const { cases, changes, access, mostStreams } = needs
  const readers = createReaders()

  async function eventOf(caseId: string): Promise<CaseEvent> {
    const found = await cases.read(caseId)
    return found === undefined ? { type: 'case-gone', caseId } : { type: 'case', case: found }
  }

  /** One reading per change, however many read along. */
  async function broadcast(caseId: string): Promise<void> {
    if (readers.count() === 0) return
    readers.send(print(await eventOf(caseId)))
  }

  access.onSignOut(readers.endThoseShutOut)
  const stopListening = changes.listen((caseId) => {
    broadcast(caseId).catch((error: unknown) => app.log.error({ err: error }, 'an event could not be sent'))
  })
  const heartbeat = setInterval(() => readers.send(':\n\n'), HEARTBEAT_MS)
  app.addHook('preClose', async () => {
    stopListening()
    clearInterval(heartbeat)
    readers.endAll()
  })

  app.get(
    ROUTES.events,
    {
      schema: {
        tags: ['events'],
        summary: 'What changes, as server-sent events',
        produces: ['text/event-stream'],
        response: {
          503: ErrorBody,
          200: z
            .unknown()
            .describe(
              'Endless. Each event is a case as GET /api/cases/{caseId} gives it: {"type":"case","case":…}, or {"type":"case-gone","caseId":…}. Begins with all cases in which something is going on.',
            ),
        },
      },
    },
    async (request, reply) => {
      if (readers.count() >= mostStreams) throw overloaded()
      // First listen, then read: a change in between is sent twice, never lost.
      const stream = readers.add(() => access.isStillGranted(request))
      try {
        for (const caseId of await cases.running()) send(stream, print(await eventOf(caseId)))
      } catch (error) {
        stream.destroy()
        throw error
      }
      return reply
        .header('content-type', 'text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream)
    },
  )
}

interface Readers {
  count(): number
  /** @param mayRead asked before everything that is sent */
  add(mayRead: () => boolean): Readable
  send(text: string): void
  endThoseShutOut(): void
  endAll(): void
}

function createReaders(): Readers {
  const streams = new Map<Readable, () => boolean>()

  function endThoseShutOut(): void {
    for (const [stream, mayRead] of streams) {
      if (mayRead()) continue
      streams.delete(stream)
      stream.push(null)
    }
  }

  return {
    count: () => streams.size,
    add(mayRead) {
      const stream = new Readable({ read() {}, destroy: (error, done) => (streams.delete(stream), done(error)) })
      stream.push('retry: 1000\n\n')
      streams.set(stream, mayRead)
      return stream
    },
    send(text) {
      endThoseShutOut()
      for (const stream of streams.keys()) send(stream, text)
    },
    endThoseShutOut,
    endAll() {
      for (const stream of streams.keys()) stream.push(null)
    },
  }
}

function print(event: CaseEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

function send(stream: Readable, text: string): void {
  if (stream.readableLength > MAX_BACKLOG) stream.destroy()
  else stream.push(text)
}
