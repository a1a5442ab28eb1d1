/** Sizes as they are typed behind -Xmx. */

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

/** `4g`, `-Xmx512m`, `320 MiB`, `1073741824` → bytes; undefined for anything else. */
export function parseHeapSize(text: string): number | undefined {
  const match = /^(?:-Xm[xns])?\s*(\d{1,15}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim())
  const factor = FACTORS[match?.[2]?.toLowerCase() ?? '']
  return match === null || factor === undefined ? undefined : Math.round(Number(match[1]) * factor)
}

/** `4294967296` → `4g`: the largest unit that leaves a whole number. */
export function heapSizeText(bytes: number): string {
  for (const unit of ['t', 'g', 'm', 'k'] as const) {
    const factor = FACTORS[unit] ?? 1
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit}`
  }
  return String(bytes)
}
