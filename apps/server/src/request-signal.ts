/**
 * Whether somebody still waits for the answer to the request that is worked on: what is asked of a heap on its behalf is
 * given up when the connection is closed before. Kept beside the calls and not handed through them, because every
 * question to a heap needs it and none looks at it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setMaxListeners } from 'node:events'
import type { FastifyInstance } from 'fastify'

const signals = new AsyncLocalStorage<AbortSignal>()

/** Must be called before routes are registered. */
export function followRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    const controller = new AbortController()
    // One request may ask much of many heaps at once.
    setMaxListeners(0, controller.signal)
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) controller.abort()
    })
    signals.run(controller.signal, done)
  })
}

/** @returns undefined outside of a request: what the server asks for itself is never given up */
export function signalOfRequest(): AbortSignal | undefined {
  return signals.getStore()
}
