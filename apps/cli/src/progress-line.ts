/** A line on a terminal that says what is going on, and goes when it is over. Nothing elsewhere. */
const CLEAR_LINE = '\r\u001b[K'

export interface ProgressLine {
  show(what: string, fraction: number): void
  clear(): void
}

export function progressLine(): ProgressLine {
  const { stderr } = process
  if (!stderr.isTTY) return { show: () => undefined, clear: () => undefined }
  let shown = ''
  function write(line: string): void {
    if (line !== shown) stderr.write(CLEAR_LINE + line)
    shown = line
  }
  return {
    show: (what, fraction) => write(`${what} ${Math.round(100 * fraction)} %`),
    clear: () => write(''),
  }
}
