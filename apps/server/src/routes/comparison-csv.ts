import type { Comparison } from '@heaptrail/api/compare'

/** Classes that differ, as RFC 4180 has it; names that a spreadsheet would take for a formula are marked as text. */
export function comparisonCsv({ classes }: Comparison): string {
  const head = 'class,objects_before,objects_after,shallow_before,shallow_after,retained_before,retained_after'
  const rows = classes.map((row) =>
    [
      quoted(row.name),
      row.objectsBefore,
      row.objectsAfter,
      row.shallowBefore,
      row.shallowAfter,
      row.retainedBefore,
      row.retainedAfter,
    ].join(','),
  )
  return `${[head, ...rows].join('\r\n')}\r\n`
}

function quoted(name: string): string {
  const text = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
