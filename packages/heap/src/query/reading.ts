import { QueryError } from './query-error.ts'

/** What `read` answers, or `otherwise` where the dump does not have the contents. */
export function reading<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof QueryError) return otherwise
    throw error
  }
}
