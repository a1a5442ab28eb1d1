/** The embedded database in a thread of its own, so that a server goes on answering while a query runs. */
import { Worker } from 'node:worker_threads'
import type { QueryOptions, Results } from '@electric-sql/pglite'
import { type DatabaseQuestion, type DatabaseReply, fromPlain } from './database-messages.ts'

type RowMode = Pick<QueryOptions, 'rowMode'>

interface Asked {
  query<T>(sql: string, values?: unknown[], options?: RowMode): Promise<Results<T>>
}

interface AskedInTransaction extends Asked {
  rollback(): Promise<void>
}

/** As much of PGlite as kysely and the job queue use. */
export interface ThreadedDatabase extends Asked {
  exec(sql: string): Promise<Results<Record<string, unknown>>[]>
  listen(channel: string, told: (payload: string) => void): Promise<() => Promise<void>>
  /** Nobody else asks anything until `work` has ended. */
  transaction<T>(work: (tx: AskedInTransaction) => Promise<T>): Promise<T>
  close(): Promise<void>
  readonly closed: boolean
  readonly ready: boolean
  readonly waitReady: Promise<void>
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** Opens the database in a folder. Every question fails when that does. */
export function startThreadedDatabase(folder: string): ThreadedDatabase {
  const listeners = new Map<string, Set<(payload: string) => void>>()
  const thread = startThread(folder, (channel, payload) => listeners.get(channel)?.forEach((told) => told(payload)))

  const queryIn =
    (transaction: number | undefined) =>
    <T>(sql: string, values?: unknown[], options?: RowMode): Promise<Results<T>> =>
      thread.ask({ name: 'query', sql, values, options, transaction }).answer as Promise<Results<T>>

  async function transaction<T>(work: (tx: AskedInTransaction) => Promise<T>): Promise<T> {
    const { id, answer } = thread.ask({ name: 'begin' })
    await answer
    const end = async (how: 'commit' | 'rollback') =>
      void (await thread.ask({ name: 'end', transaction: id, how }).answer)
    try {
      const result = await work({ query: queryIn(id), rollback: () => end('rollback') })
      await end('commit')
      return result
    } catch (error) {
      // After a commit that failed it has ended already.
      await end('rollback').catch(() => undefined)
      throw error
    }
  }

  return {
    query: queryIn(undefined),
    exec: (sql) => thread.ask({ name: 'exec', sql }).answer as Promise<Results<Record<string, unknown>>[]>,
    async listen(channel, told) {
      const all = listeners.get(channel) ?? new Set()
      listeners.set(channel, all.add(told))
      if (all.size === 1) await thread.ask({ name: 'listen', channel }).answer
      return () => Promise.resolve(void all.delete(told))
    },
    transaction,
    close: () => thread.close(),
    get closed() {
      return thread.isClosed()
    },
    ready: true,
    waitReady: Promise.resolve(),
  }
}

interface DatabaseThread {
  /** @returns the id of the request as well, which names the transaction that it begins */
  ask(question: DatabaseQuestion): { readonly id: number; readonly answer: Promise<unknown> }
  close(): Promise<void>
  isClosed(): boolean
}

function startThread(folder: string, noticed: (channel: string, payload: string) => void): DatabaseThread {
  const thread = new Worker(new URL('./database-thread.ts', import.meta.url), { workerData: folder })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let isClosed = false

  function ask(question: DatabaseQuestion) {
    const id = ++lastId
    const { promise: answer, resolve, reject } = Promise.withResolvers<unknown>()
    if (isClosed) reject(new Error('The database is closed.'))
    else {
      waiting.set(id, { resolve, reject })
      thread.postMessage({ id, question })
    }
    return { id, answer }
  }

  function end(error: Error): void {
    isClosed = true
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  thread.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  thread.on('exit', () => end(new Error('The thread of the database has ended.')))
  thread.on('message', (reply: DatabaseReply) => {
    if (reply.kind === 'notice') return noticed(reply.channel, reply.payload)
    const one = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.kind === 'answer') one?.resolve(reply.answer)
    else one?.reject(fromPlain(reply.error))
  })

  return {
    ask,
    async close() {
      if (isClosed) return
      try {
        await ask({ name: 'close' }).answer
      } finally {
        isClosed = true
        await thread.terminate()
      }
    },
    isClosed: () => isClosed,
  }
}
