import type { Comparison } from '@heaptrail/api/compare'
import { csvName } from './csv-name.ts'

/** Classes that differ. */
export function comparisonCsv({ classes }: Comparison): string {
  const head =
    'class,objects_before,objects_after,shallow_before,shallow_after,retained_before,retained_after,objects_in_both'
  const rows = classes.map((row) =>
    [
      csvName(row.name),
      row.objectsBefore,
      row.objectsAfter,
      row.shallowBefore,
      row.shallowAfter,
      row.retainedBefore,
      row.retainedAfter,
      row.kept ?? '',
    ].join(','),
  )
  return `${[head, ...rows].join('\r\n')}\r\n`
}
