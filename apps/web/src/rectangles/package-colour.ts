/**
 * One of a few colours for a package, the same in every picture, dump and link: a hash of the part of its name that
 * tells whose it is.
 */

/** Number of the tokens `--ht-map-0`, `--ht-map-1`, … */
export const MAP_COLOURS = 10
/** Stands for the colour of what is no package's: arrays of primitives, and what a picture leaves out. */
export const NO_COLOUR = -1

/** First segments behind which an organisation's name comes, so that three segments tell whose it is. */
const TOP_LEVEL = new Set(['com', 'org', 'net', 'io', 'edu', 'gov', 'cn', 'de', 'uk', 'fr', 'jp', 'dev', 'app'])

/** `java.util.concurrent.locks` → `java.util`, `com.acme.shop.cart` → `com.acme.shop`. */
export function colourGroup(packageName: string): string {
  const parts = packageName.split('.')
  return parts.slice(0, TOP_LEVEL.has(parts[0] ?? '') ? 3 : 2).join('.')
}

/** The JDK's packages, of which every heap is full, keep colours of their own; all others share the rest. */
const JDK: readonly (readonly [prefix: string, colour: number])[] = [
  ['java.util', 3],
  ['java.lang', 7],
  ['java.', 0],
  ['javax.', 4],
  ['jdk.', 4],
  ['sun.', 4],
  ['com.sun.', 4],
]
const OTHERS = [1, 2, 5, 6, 8, 9]

/** @returns 0 … MAP_COLOURS − 1, also for the default package */
export function packageColour(packageName: string): number {
  const jdk = JDK.find(([prefix]) => `${packageName}.`.startsWith(prefix))
  if (jdk !== undefined) return jdk[1]
  // FNV-1a
  let hash = 0x811c9dc5
  for (const character of colourGroup(packageName)) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return OTHERS[((hash ^ (hash >>> 15)) >>> 0) % OTHERS.length] ?? 0
}
