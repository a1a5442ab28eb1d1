/**
 * Conditions on the fields of an object, as people type them: `size > 1000`, `name = /x/`, `state != null and retained > 1m`.
 *
 *     filter    = condition { "and" condition }
 *     condition = name operator value
 *     operator  = "=" | "!=" | "<" | "<=" | ">" | ">="
 *     value     = number with k, m, g behind it or not | "text" | /regular expression/ | null | true | false | a word
 *
 * A name is that of a field, or `this` (the text, number or members of the object itself), `length`, `shallow`, `retained`.
 */
export type FilterOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export type FilterValue =
  | { readonly kind: 'number'; readonly number: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'null' }

export interface Condition {
  readonly name: string
  readonly operator: FilterOperator
  readonly value: FilterValue
}

export type ParsedFilter =
  | { readonly kind: 'conditions'; readonly conditions: readonly Condition[] }
  /** `at`: characters before the fault. */
  | { readonly kind: 'fault'; readonly message: string; readonly at: number }

const NAME = /\s*([\p{L}_$][\p{L}\p{N}_$]*)/uy
const OPERATOR = /\s*(!=|<=|>=|==|=|<|>)/y
const PATTERN = /\s*\/((?:[^/\\]|\\.)+)\/(i?)(?!\S)/y
const QUOTED = /\s*"((?:[^"\\]|\\.)*)"/y
const WORD = /\s*([^\s"/][^\s]*)/y
const AND = /\s*(?:and\b|&&|,)/iy
const NUMBER = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)([kmg]?)(?:i?b)?$/i
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

export function parseFieldFilter(text: string): ParsedFilter {
  const conditions: Condition[] = []
  let at = 0
  const take = (what: RegExp): RegExpExecArray | null => {
    what.lastIndex = at
    const match = what.exec(text)
    if (match !== null) at = what.lastIndex
    return match
  }
  for (;;) {
    const name = take(NAME)
    if (name === null) return fault('The name of a field is expected', at)
    const operator = take(OPERATOR)
    if (operator === null) return fault(`One of = != < <= > >= is expected behind ${name[1]}`, at)
    const start = at
    const value = takeValue(take)
    if (value === undefined) return fault('A number, "text", /regular expression/ or null is expected', start)
    if (typeof value === 'string') return fault(value, start)
    const sign = operator[1] === '==' ? '=' : (operator[1] as FilterOperator)
    if (value.kind !== 'number' && sign !== '=' && sign !== '!=')
      return fault('Only numbers are smaller or larger: use = or !=', start)
    conditions.push({ name: name[1], operator: sign, value })
    if (text.slice(at).trim() === '') return { kind: 'conditions', conditions }
    if (take(AND) === null) return fault('"and" or the end is expected', at)
  }
}

function fault(message: string, at: number): ParsedFilter {
  return { kind: 'fault', message, at }
}

/** @returns a sentence when it is a regular expression that is none */
function takeValue(take: (what: RegExp) => RegExpExecArray | null): FilterValue | string | undefined {
  const pattern = take(PATTERN)
  if (pattern !== null) {
    try {
      return { kind: 'pattern', pattern: new RegExp(pattern[1], `u${pattern[2]}`) }
    } catch {
      return 'This is no regular expression'
    }
  }
  const quoted = take(QUOTED)
  if (quoted !== null) return { kind: 'text', text: quoted[1].replace(/\\(.)/g, '$1') }
  const word = take(WORD)?.[1]
  if (word === undefined) return undefined
  if (word === 'null') return { kind: 'null' }
  const number = NUMBER.exec(word)
  if (number === null) return { kind: 'text', text: word }
  return { kind: 'number', number: Number(number[1]) * FACTORS[number[2].toLowerCase()], text: word }
}

/** What a field says, in all the ways in which it can be compared. */
export interface Comparable {
  readonly isNull: boolean
  readonly number: number | undefined
  readonly text: string | undefined
}

export function holds({ operator, value }: Condition, found: Comparable): boolean {
  switch (value.kind) {
    case 'null':
      return found.isNull === (operator === '=')
    case 'text':
      return (found.text === value.text) === (operator === '=')
    case 'pattern':
      return (found.text !== undefined && value.pattern.test(found.text)) === (operator === '=')
    case 'number':
      return found.number === undefined
        ? (found.text === value.text) === (operator === '=') && (operator === '=' || operator === '!=')
        : compares(found.number, operator, value.number)
  }
}

function compares(found: number, operator: FilterOperator, value: number): boolean {
  switch (operator) {
    case '=':
      return found === value
    case '!=':
      return found !== value
    case '<':
      return found < value
    case '<=':
      return found <= value
    case '>':
      return found > value
    case '>=':
      return found >= value
  }
}
