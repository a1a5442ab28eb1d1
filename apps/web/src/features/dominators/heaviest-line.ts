/** Down from an object along its heaviest child, for as long as one child holds most of what its parent retains. */
import type { DominatorRow } from '@heaptrail/api/heap'

const MOST_STEPS = 50

export interface HeaviestLine {
  /** Objects to open, the first one included. */
  readonly opened: readonly string[]
  /** Where the weight spreads: the last object of the line. */
  readonly last: string
}

export async function heaviestLine(
  start: { readonly id: string; readonly retained: number },
  heaviestChild: (parentId: string) => Promise<DominatorRow | undefined>,
): Promise<HeaviestLine> {
  const opened: string[] = []
  let at = start
  while (opened.length < MOST_STEPS) {
    const child = await heaviestChild(at.id)
    if (child === undefined) break
    opened.push(at.id)
    if (child.retained < at.retained / 2) break
    at = child
  }
  return { opened, last: at.id }
}
