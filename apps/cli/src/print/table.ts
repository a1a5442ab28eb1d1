export interface Column<Row> {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly text: (row: Row) => string
}

/** Rows under aligned titles, indented by two; `shown` rows at most, and then how many more there are. */
export function tableText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  shown: number,
  total = rows.length,
): string {
  const cells = rows.slice(0, shown).map((row) => columns.map((column) => column.text(row)))
  const all = [columns.map((column) => column.title), ...cells]
  const widths = columns.map((_, column) => all.reduce((width, row) => Math.max(width, widthOf(row[column] ?? '')), 0))
  const lines = all.map((row) => lineText(row, columns, widths))
  const more = total - cells.length
  if (more > 0) lines.push(`  … and ${more.toLocaleString('en-US')} more`)
  return `${lines.join('\n')}\n`
}

function lineText<Row>(row: readonly string[], columns: readonly Column<Row>[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => {
    const padding = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
    return columns[column]?.align === 'right' ? padding + cell : cell + padding
  })
  return `  ${cells.join('  ')}`.trimEnd()
}

/** Cells of a terminal: letters of East Asia take two. */
function widthOf(text: string): number {
  let width = 0
  for (const char of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(char)
      ? 2
      : 1
  return width
}
