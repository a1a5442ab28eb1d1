/** The log: JSON lines on stderr. Never contents of dumps; of a URL only its path, for filters and links may tell. */
import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { Config } from './env.ts'

interface LoggedRequest {
  readonly method: string
  readonly url: string
}

export function createLog({ logLevel }: Pick<Config, 'logLevel'>): FastifyBaseLogger {
  const serializers = {
    // Errors of the database also carry the statement and its values, names of files among them.
    err: ({ name, message, stack, code }: Error & { code?: unknown }) => ({ name, message, stack, code }),
    req: ({ method, url }: LoggedRequest) => ({ method, path: url.split('?')[0] }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  }
  return pino({ level: logLevel, base: undefined, serializers }, pino.destination(2))
}
