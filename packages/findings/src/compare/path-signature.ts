/**
 * What keeps something, in words that are the same in two runs of one program: the fields on the path, from the static
 * field or thread down, without ids. What lies within collections is one step, whatever its buckets, nodes and places; a line of
 * the same field (`next`, `next`, …) is one too; hidden classes have no numbers.
 */
import { isPlumbing } from '@heaptrail/heap/suspects/plumbing'
import type { ComparedSuspect } from '@heaptrail/api/compare'
import { normalName } from './names.ts'

type Path = ComparedSuspect['before']['path']

/**
 * @param items class of what gathers, where the path begins at a collection or one of its nodes
 * @returns e.g. `Scenarios.manager`, `SessionManager#sessions[*]`, `Session`; empty for an empty path
 */
export function pathSignature(path: Path, items: string | undefined): string[] {
  const [item] = path
  if (item === undefined) return []
  const steps: string[] = []
  for (const { object, edges } of path.slice(1).toReversed()) addStep(steps, stepOf(object, edges))
  if (!isPlumbing(item.object.className)) return [...steps, simple(item.object.className)]
  addStep(steps, undefined)
  return items === undefined ? steps : [...steps, simple(items)]
}

function addStep(steps: string[], step: string | undefined): void {
  const last = steps.at(-1)
  if (step !== undefined && step !== last) steps.push(step)
  else if (step === undefined && last !== undefined && !last.endsWith('[*]')) steps[steps.length - 1] = `${last}[*]`
}

/** @returns undefined for what is only a part of a collection, or an array */
function stepOf({ label, className }: Path[number]['object'], edges: Path[number]['edges']): string | undefined {
  const [edge] = edges
  if (label.kind === 'class') return edge === undefined ? simple(label.name) : `${simple(label.name)}.${edge.name}`
  if (isPlumbing(className)) return undefined
  return edge === undefined ? simple(className) : `${simple(className)}#${normalName(edge.name)}`
}

function simple(className: string): string {
  const name = normalName(className)
  return name.slice(name.lastIndexOf('.') + 1)
}
