/** The thread in which the embedded database runs: a query takes the processor, and files are read and written while it waits. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Transaction } from '@electric-sql/pglite'
import { type DatabaseQuestion, type DatabaseReply, type DatabaseRequest, toPlain } from './database-messages.ts'
import { startDatabase } from './start.ts'

interface Open {
  readonly tx: Transaction
  end(how: 'commit' | 'rollback'): Promise<void>
}

const port = parentPort
if (port === null) throw new Error('This is a thread of the server.')
const database = startDatabase(String(workerData))
// Told to whoever asks.
database.catch(() => undefined)
const transactions = new Map<number, Open>()

port.on('message', ({ id, question }: DatabaseRequest) => {
  answer(id, question).then(
    (found) => reply({ kind: 'answer', id, answer: found }),
    (error: unknown) => reply({ kind: 'error', id, error: toPlain(error) }),
  )
})

function reply(message: DatabaseReply): void {
  port?.postMessage(message)
}

async function answer(id: number, question: DatabaseQuestion) {
  const pglite = await database
  switch (question.name) {
    case 'query': {
      const { transaction, sql, values, options } = question
      if (transaction === undefined) return pglite.query(sql, values, options)
      return openOne(transaction).tx.query(sql, values, options)
    }
    case 'exec':
      return pglite.exec(question.sql)
    case 'listen':
      await pglite.listen(question.channel, (payload) => reply({ kind: 'notice', channel: question.channel, payload }))
      return undefined
    case 'begin':
      return begin(id)
    case 'end':
      await openOne(question.transaction).end(question.how)
      return undefined
    case 'close':
      await pglite.close()
      return undefined
  }
}

function openOne(id: number): Open {
  const found = transactions.get(id)
  if (found === undefined) throw new Error('The transaction has ended.')
  return found
}

const ROLLED_BACK = Symbol('rolled back')

async function begin(id: number): Promise<undefined> {
  const pglite = await database
  const begun = Promise.withResolvers<undefined>()
  const over = Promise.withResolvers<void>()
  const done = pglite.transaction(async (tx) => {
    transactions.set(id, {
      tx,
      async end(how) {
        transactions.delete(id)
        if (how === 'commit') over.resolve()
        else over.reject(ROLLED_BACK)
        await done.catch((error: unknown) => {
          if (error !== ROLLED_BACK) throw error
        })
      },
    })
    begun.resolve(undefined)
    await over.promise
  })
  // What fails later is told to whoever ends it.
  done.catch(begun.reject)
  return begun.promise
}
