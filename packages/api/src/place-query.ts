/** Reading and writing the options of a place: every reader answers `undefined` for what it cannot use. */
import type { z } from 'zod'

/** Options in the order in which they are printed; `undefined`, `''` and empty lists are left out. */
export type Query = readonly (readonly [string, string | number | readonly string[] | undefined])[]

/** Keeps readable what a query may hold unescaped, so that links can be read and typed. */
function escape(word: string): string {
  return encodeURIComponent(word)
    .replaceAll('%2F', '/')
    .replaceAll('%24', '$')
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']')
}

/** A comma stands between the words of a list; the words themselves hold none. */
export function printQuery(query: Query): string {
  const parts: string[] = []
  for (const [key, value] of query) {
    if (value === undefined || value === '') continue
    if (typeof value === 'object') {
      if (value.length > 0) parts.push(`${key}=${value.map(escape).join(',')}`)
    } else parts.push(`${key}=${escape(String(value))}`)
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

export function optional<T>(schema: z.ZodType<T>, value: string | null | undefined): T | undefined {
  const result = schema.safeParse(value)
  return result.success ? result.data : undefined
}

export function oneOf<T extends string>(schema: z.ZodType<T>, value: string | null | undefined): T | undefined {
  return optional(schema, value)
}

export function integer(value: string | null | undefined, min: number, max: number): number | undefined {
  if (value === null || value === undefined || !/^\d{1,15}$/.test(value)) return undefined
  const parsed = Number(value)
  return parsed >= min && parsed <= max ? parsed : undefined
}

/** A plain decimal number, as `String(number)` writes it. */
export function number(value: string | null): number | undefined {
  if (value === null || !/^-?\d{1,15}(\.\d{1,17})?$/.test(value)) return undefined
  return Number(value)
}

export function text(value: string | null, maxLength: number): string {
  return (value ?? '').slice(0, maxLength)
}

export function list<T>(value: string | null, parse: (word: string) => T | undefined): T[] {
  if (value === null || value === '') return []
  return value.split(',').flatMap((word) => parse(word) ?? [])
}

/** The entries whose key comes for the first time. */
export function entries<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const k = key(item)
    return seen.has(k) ? false : seen.add(k)
  })
}
