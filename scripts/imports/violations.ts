/** All that scripts/check-imports.ts complains about. */
import { findCycles } from './cycles.ts'
import { type Violation, checkFile } from './rules.ts'
import { findSourceFiles } from './source-files.ts'

export function findViolations(root: string): Violation[] {
  const files = findSourceFiles(root)
  const cycles = findCycles(files).map((paths) => ({
    path: paths[0] ?? '',
    message: `is part of an import cycle: ${paths.join(' → ')}`,
  }))
  return [...files.flatMap((file) => checkFile(file, root)), ...cycles]
}
