/** Which files this browser has sent to which case: whoever drops one again is told, instead of sending it once more. */

const STORAGE_KEY = 'heaptrail.received'
const KEPT = 200

/** The same for the same file of this machine, unless it was changed. */
export function fingerprintOf({ name, size, lastModified }: File): string {
  return `heaptrail-${name}-${size}-${lastModified}`
}

export function rememberReceived(file: File, caseId: string): void {
  const entry = entryOf(file, caseId)
  const others = read().filter((other) => other !== entry)
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...others, entry].slice(-KEPT)))
  } catch {
    // Without storage every file is a new one.
  }
}

/** Cases that have all of these files, the latest first. */
export function casesThatReceived(files: readonly File[]): string[] {
  const [first] = files
  if (first === undefined) return []
  const known = read()
  const ofFirst = known.filter((entry) => entry.endsWith(`/${fingerprintOf(first)}`))
  const cases = ofFirst.map((entry) => entry.slice(0, entry.indexOf('/')))
  return cases.filter((caseId) => files.every((file) => known.includes(entryOf(file, caseId)))).toReversed()
}

function entryOf(file: File, caseId: string): string {
  return `${caseId}/${fingerprintOf(file)}`
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry === 'string') : []
  } catch {
    return []
  }
}
