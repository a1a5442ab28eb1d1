/** Asks the thread for texts; starts it when it is needed, and again after it died. */
import { Worker } from 'node:worker_threads'
import type { InputProblem } from '@heaptrail/api/cases'
import type { FastifyBaseLogger } from 'fastify'
import { ApiError, overloaded } from '../../errors.ts'
import type { Answer, Given, QuestionName, TextFile, TextQuestion, TextReply, TextRequest } from './text-questions.ts'

const TIMEOUT_MS = 30_000
const MEMORY_MB = 1024
/** Questions that wait or are worked on; more are refused. */
const MOST_QUESTIONS = 1000

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
}

export function createTexts(log: FastifyBaseLogger): Texts {
  /** In the order in which the thread answers them. */
  const waiting = new Map<number, Waiting>()
  /** Of the one that is worked on; the time that it waited before does not count. */
  let timer: NodeJS.Timeout | undefined
  let thread: Worker | undefined
  let lastId = 0

  function settle(id: number, settleIt: (one: Waiting) => void): void {
    const one = waiting.get(id)
    if (one === undefined) return
    waiting.delete(id)
    watch()
    settleIt(one)
  }

  function watch(): void {
    clearTimeout(timer)
    const [id] = waiting.keys()
    if (id !== undefined) timer = setTimeout(() => expire(id), TIMEOUT_MS)
  }

  function expire(id: number): void {
    settle(id, ({ reject }) => reject(new ApiError('query-timeout', 'Reading the text took too long and was stopped.')))
    void thread?.terminate()
  }

  function start(): Worker {
    const worker = new Worker(new URL('./text-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    worker.on('message', (reply: TextReply) => settle(reply.id, (one) => deliver(reply, one, log)))
    worker.on('error', (error) => log.error({ err: error }, 'the thread for texts died'))
    worker.on('exit', () => {
      if (thread === worker) thread = undefined
      for (const id of Array.from(waiting.keys())) settle(id, ({ reject }) => reject(failed()))
    })
    return worker
  }

  return {
    ask(text, name, given) {
      if (waiting.size >= MOST_QUESTIONS) return Promise.reject(overloaded())
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        if (waiting.size === 1) watch()
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

function deliver(reply: TextReply, { resolve, reject }: Waiting, log: FastifyBaseLogger): void {
  switch (reply.kind) {
    case 'answer':
      return resolve(reply.answer as never)
    case 'refused':
      return reject(new TextRefused(reply.problem))
    case 'no-part':
      return reject(new ApiError('not-found', `This text has ${reply.parts} parts, counted from 0, and not this one.`))
    case 'broken':
      log.error({ detail: reply.message }, 'a text could not be read')
      return reject(failed())
  }
}

function failed(): ApiError {
  return new ApiError(
    'query-failed',
    'The text could not be read this time: the process that reads it ended. Try again.',
  )
}
