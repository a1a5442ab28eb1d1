/** Server-sent events: a whole case whenever something in it changed. */
import { Readable } from 'node:stream'
import type { CaseEvent } from '@heaptrail/api/cases'
import { ROUTES } from '@heaptrail/api/routes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { CaseStore } from '../cases/cases.ts'
import type { Changes } from '../cases/changes.ts'

const HEARTBEAT_MS = 15_000
/** A reader that lags so many bytes behind is let go; it comes back by itself and gets the present state. */
const MAX_BACKLOG = 4 * 2 ** 20

export const eventRoutes: FastifyPluginAsyncZod<{ cases: CaseStore; changes: Changes }> = async (
  app,
  { cases, changes },
) => {
  const streams = new Set<Readable>()

  async function eventOf(caseId: string): Promise<CaseEvent> {
    const found = await cases.read(caseId)
    return found === undefined ? { type: 'case-gone', caseId } : { type: 'case', case: found }
  }

  /** One reading per change, however many read along. */
  async function broadcast(caseId: string): Promise<void> {
    if (streams.size === 0) return
    const text = print(await eventOf(caseId))
    for (const stream of streams) send(stream, text)
  }

  const stopListening = changes.listen((caseId) => {
    broadcast(caseId).catch((error: unknown) => app.log.error({ err: error }, 'an event could not be sent'))
  })
  const heartbeat = setInterval(() => {
    for (const stream of streams) send(stream, ':\n\n')
  }, HEARTBEAT_MS)
  app.addHook('preClose', async () => {
    stopListening()
    clearInterval(heartbeat)
    for (const stream of streams) stream.push(null)
  })

  app.get(
    ROUTES.events,
    {
      schema: {
        tags: ['events'],
        summary: 'What changes, as server-sent events',
        produces: ['text/event-stream'],
        response: {
          200: z
            .unknown()
            .describe(
              'Endless. Each event is a case as GET /api/cases/{caseId} gives it: {"type":"case","case":…}, or {"type":"case-gone","caseId":…}. Begins with all cases in which something is going on.',
            ),
        },
      },
    },
    async (_request, reply) => {
      const stream = new Readable({ read() {}, destroy: (error, done) => (streams.delete(stream), done(error)) })
      stream.push('retry: 1000\n\n')
      // First listen, then read: a change in between is sent twice, never lost.
      streams.add(stream)
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

function print(event: CaseEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

function send(stream: Readable, text: string): void {
  if (stream.readableLength > MAX_BACKLOG) stream.destroy()
  else stream.push(text)
}
