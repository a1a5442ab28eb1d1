/** A stack as a flat list of rows, and as text. */
import type { HeldLocal, ThreadStack } from '@heaptrail/api/heap-threads'

export type StackRow =
  | { readonly kind: 'frame'; readonly text: string; readonly own: boolean; readonly locals: number }
  /** What the thread holds without a known frame. */
  | { readonly kind: 'others' }
  /** `itself`: the thread, which is a local of its own outermost frame. */
  | { readonly kind: 'held'; readonly held: HeldLocal; readonly itself: boolean }
  /** Objects of a frame, or frames, that the answer leaves out. */
  | { readonly kind: 'omitted'; readonly what: 'locals' | 'frames'; readonly count: number }

export function stackRows(stack: ThreadStack, withLocals: boolean): readonly StackRow[] {
  const held = (locals: readonly HeldLocal[], omitted: number): StackRow[] => {
    if (!withLocals) return []
    const rows = locals.map((local): StackRow => ({
      kind: 'held',
      held: local,
      itself: local.object.id === stack.thread.object.id,
    }))
    return omitted === 0 ? rows : [...rows, { kind: 'omitted', what: 'locals', count: omitted }]
  }
  const { frames, framesOmitted, others, othersOmitted } = stack
  const rows = frames.flatMap(({ text, own, locals, localsOmitted }): StackRow[] => [
    { kind: 'frame', text, own, locals: locals.length + localsOmitted },
    ...held(locals, localsOmitted),
  ])
  if (framesOmitted > 0) rows.push({ kind: 'omitted', what: 'frames', count: framesOmitted })
  return others.length === 0 ? rows : [...rows, { kind: 'others' }, ...held(others, othersOmitted)]
}

/** The first row of the object; −1 when there is none, and for the thread itself: its stack is read from the top. */
export function indexOfHeld(rows: readonly StackRow[], objectId: string | undefined): number {
  return rows.findIndex((row) => row.kind === 'held' && !row.itself && row.held.object.id === objectId)
}

/** As `jstack` prints a thread, in English: people paste it into tickets and tools. */
export function stackText({ thread, frames, framesOmitted }: ThreadStack): string {
  const { name, number, virtual, daemon, priority, object, state, wait } = thread
  const head = [
    `"${name}"`,
    number === null ? '' : `#${number}`,
    virtual ? 'virtual' : '',
    daemon === true && !virtual ? 'daemon' : '',
    priority === null ? '' : `prio=${priority}`,
    `object=${object.id}`,
  ]
  const stateLine = state === null ? [] : [`   java.lang.Thread.State: ${state}${wait === null ? '' : ` (${wait})`}`]
  const lines = [
    head.filter((word) => word !== '').join(' '),
    ...stateLine,
    ...frames.map(({ text }) => `\tat ${text}`),
  ]
  if (framesOmitted > 0) lines.push(`\t... ${framesOmitted} more`)
  return `${lines.join('\n')}\n`
}
