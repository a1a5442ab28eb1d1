/** A table as RFC 4180 has it; names that a spreadsheet would take for a formula are marked as text. */

export type CsvCell = string | number | undefined

export function csvText(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell)
  const text = cell === undefined || !/^[=+\-@\t\r]/.test(cell) ? (cell ?? '') : `'${cell}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
