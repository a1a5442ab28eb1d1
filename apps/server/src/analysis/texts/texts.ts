/** Asks the thread for texts; starts it when it is needed, and again after it died. */
import { Worker } from 'node:worker_threads'
import type { InputProblem } from '@heaptrail/api/cases'
import type { FastifyBaseLogger } from 'fastify'
import { ApiError } from '../../errors.ts'
import type { Answer, Given, QuestionName, TextFile, TextQuestion, TextReply, TextRequest } from './text-questions.ts'

const TIMEOUT_MS = 30_000
const MEMORY_MB = 1024

export interface Texts {
  /** @throws TextRefused, ApiError `not-found` (no such part), `query-timeout` or `query-failed` */
  ask<Name extends QuestionName>(text: TextFile, name: Name, given: Given<Name>): Promise<Answer<Name>>
  close(): Promise<void>
}

/** The text is not what its kind promised. */
export class TextRefused extends Error {
  readonly problem: InputProblem

  constructor(problem: InputProblem) {
    super(problem.message)
    this.problem = problem
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

export function createTexts(log: FastifyBaseLogger): Texts {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let lastId = 0

  function settle(id: number, settleIt: (one: Waiting) => void): void {
    const one = waiting.get(id)
    if (one === undefined) return
    waiting.delete(id)
    clearTimeout(one.timer)
    settleIt(one)
  }

  function start(): Worker {
    const worker = new Worker(new URL('./text-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    worker.on('message', (reply: TextReply) => settle(reply.id, (one) => deliver(reply, one)))
    worker.on('error', (error) => log.error({ err: error }, 'the thread for texts died'))
    worker.on('exit', () => {
      if (thread === worker) thread = undefined
      for (const id of Array.from(waiting.keys())) settle(id, ({ reject }) => reject(failed()))
    })
    return worker
  }

  function deliver(reply: TextReply, { resolve, reject }: Waiting): void {
    switch (reply.kind) {
      case 'answer':
        return resolve(reply.answer as never)
      case 'refused':
        return reject(new TextRefused(reply.problem))
      case 'no-part':
        return reject(
          new ApiError('not-found', `This text has ${reply.parts} parts, counted from 0, and not this one.`),
        )
      case 'broken':
        log.error({ detail: reply.message }, 'a text could not be read')
        return reject(failed())
    }
  }

  return {
    ask(text, name, given) {
      const id = ++lastId
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          settle(id, (one) =>
            one.reject(new ApiError('query-timeout', 'Reading the text took too long and was stopped.')),
          )
          void thread?.terminate()
        }, TIMEOUT_MS)
        waiting.set(id, { resolve, reject, timer })
        thread ??= start()
        // What is given belongs to the name; TypeScript cannot see it through the union.
        const request: TextRequest = { id, text, question: { name, given } as TextQuestion }
        thread.postMessage(request)
      })
    },
    async close() {
      await thread?.terminate()
    },
  }
}

function failed(): ApiError {
  return new ApiError(
    'query-failed',
    'The text could not be read this time: the process that reads it ended. Try again.',
  )
}
