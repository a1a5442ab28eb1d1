/**
 * One of a few colours for a package, the same in every picture, dump and link: a hash of the part of its name that
 * tells whose it is.
 */

/** Number of the tokens `--ht-map-0`, `--ht-map-1`, … */
export const MAP_COLOURS = 10
/** Stands for the colour of what is in no package: arrays of primitives, and what a picture leaves out. */
export const NO_COLOUR = -1

/** First segments behind which an organisation's name comes, so that three segments tell whose it is. */
const TOP_LEVEL = new Set(['com', 'org', 'net', 'io', 'edu', 'gov', 'cn', 'de', 'uk', 'fr', 'jp', 'dev', 'app'])

/** `java.util.concurrent.locks` → `java.util`, `com.acme.shop.cart` → `com.acme.shop`. */
export function colourGroup(packageName: string): string {
  const parts = packageName.split('.')
  return parts.slice(0, TOP_LEVEL.has(parts[0] ?? '') ? 3 : 2).join('.')
}

/** @returns 0 … MAP_COLOURS − 1, or NO_COLOUR without a package. */
export function packageColour(packageName: string): number {
  if (packageName === '') return NO_COLOUR
  // FNV-1a
  let hash = 0x811c9dc5
  for (const character of colourGroup(packageName)) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % MAP_COLOURS
}
