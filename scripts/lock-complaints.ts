/** What is wrong with a lock file of npm (version 3). */

interface LockEntry {
  readonly link?: boolean
  readonly resolved?: string
  readonly integrity?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export function lockComplaints(lockText: string): string[] {
  const { packages } = JSON.parse(lockText) as { packages: Readonly<Record<string, LockEntry>> }
  return Object.entries(packages).flatMap(([place, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => findInstalled(packages, place, name) === undefined)
      .map((name) => `${place || 'package.json'} wants ${name}, which the lock file does not have`),
    ...entryComplaints(place, entry),
  ])
}

function entryComplaints(place: string, entry: LockEntry): string[] {
  if (!place.includes('node_modules/') || entry.link) return []
  const complaints: string[] = []
  if (entry.integrity === undefined) complaints.push(`${place} has no integrity`)
  if (entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
    complaints.push(`${place} is resolved outside of registry.npmjs.org`)
  }
  return complaints
}

/** As Node looks for a package: in the node_modules of `place`, then of every folder above it. */
function findInstalled(
  packages: Readonly<Record<string, LockEntry>>,
  place: string,
  name: string,
): LockEntry | undefined {
  for (let base = place; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    const found = packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`]
    if (found !== undefined || base === '') return found
  }
}
