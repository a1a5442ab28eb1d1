/** Class names as the JVM prints them, and as people read them. */

const PRIMITIVES: ReadonlyMap<string, string> = new Map([
  ['B', 'byte'],
  ['C', 'char'],
  ['D', 'double'],
  ['F', 'float'],
  ['I', 'int'],
  ['J', 'long'],
  ['S', 'short'],
  ['Z', 'boolean'],
])

/** `[B` is `byte[]`, `[[Ljava.lang.String;` is `java.lang.String[][]`; other names stay as they are. */
export function readableClassName(printed: string): string {
  const depth = /^\[*/.exec(printed)?.[0].length ?? 0
  if (depth === 0) return printed
  const element = printed.slice(depth)
  const name = PRIMITIVES.get(element) ?? /^L(.+);$/s.exec(element)?.[1]
  return name === undefined ? printed : `${name}${'[]'.repeat(depth)}`
}

const MODULE = /^(.*\S)\s+\(([^\s()]+)\)$/s

/** Takes `java.lang.String (java.base@17.0.15)` apart, as JDK 9 and later print it. */
export function splitModule(printed: string): { name: string; module: string | undefined } {
  const match = MODULE.exec(printed)
  return match === null ? { name: printed, module: undefined } : { name: match[1]!, module: match[2] }
}
