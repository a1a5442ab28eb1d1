/** The filter of lists: part of a name, case ignored, or `/regular expression/`; with `!` before it, what does not match. */
import { QueryError } from './query-error.ts'

const MOST_FILTER_UNITS = 200
/** Names are cut before they are matched: a hostile dump may carry one of any length. */
const MOST_NAME_UNITS = 2000

/** @throws QueryError for an expression that cannot be read or whose time could not be bounded. */
export function nameFilter(filter: string): (name: string) => boolean {
  if (filter.length > MOST_FILTER_UNITS)
    throw new QueryError('bad-request', `A filter has at most ${MOST_FILTER_UNITS} characters.`)
  if (filter.length > 1 && filter.startsWith('!')) {
    const negated = nameFilter(filter.slice(1))
    return (name) => !negated(name)
  }
  const [, pattern] = /^\/(.+)\/$/s.exec(filter) ?? []
  if (pattern === undefined) {
    // What somebody begins to type hides nothing yet.
    const part = filter === '!' ? '' : filter.toLowerCase()
    return (name) => name.toLowerCase().includes(part)
  }
  // V8's linear engine, which the query process falls back to when matching takes long, knows none of these.
  if (/\(\?[=!<]|\\[1-9k]|\{\d/.test(pattern))
    throw new QueryError(
      'bad-request',
      'The filter may not look around ((?=, (?!, (?<), refer back (\\1) or count ({2}).',
    )
  const expression = compile(pattern)
  return (name) => expression.test(name.slice(0, MOST_NAME_UNITS))
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new QueryError('bad-request', `The filter is no regular expression: ${reason}.`)
  }
}
