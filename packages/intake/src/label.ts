const LONGEST = 200
/** Control characters, and the marks that reverse or hide text. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** A name from outside as a label: its last part, without anything that is not seen. Never to be used as a path. */
export function labelOf(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? ''
  const seen = Array.from(last.replace(UNSEEN, '').trim())
  if (seen.length === 0) return 'unnamed'
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST - 1).join('')}…` : seen.join('')
}

/** `dump.hprof.gz` → `dump.hprof`; other names stay as they are. */
export function withoutPacking(name: string): string {
  return name.replace(/(?<=.)\.(?:gz|gzip|zst|zstd)$/i, '').replace(/(?<=.)\.tgz$/i, '.tar')
}

/** Names in archives are bytes: UTF-8 if they can be, else Latin-1. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
