/** The engine's answers beside the oracle's, as one line per object, so that a difference can be read. */
import type { OracleHeap } from '@heaptrail/fixtures/oracle'
import type { Heap } from '@heaptrail/heap/query/heap'
import { listedClasses } from '@heaptrail/heap/query/summary'
import { NO_OBJECT, VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'

function hex(id: number | bigint): string {
  return id.toString(16)
}

function line(
  id: number | bigint,
  facts: readonly (string | number | boolean)[],
  targets: readonly (number | bigint)[],
): string {
  return [hex(id), ...facts, '->', ...targets.map(hex).toSorted()].join(' ')
}

export function oracleLines(oracle: OracleHeap): string[] {
  const objects = [...oracle.nodes.values()].map((node) => {
    const dominator = node.immediateDominator === undefined ? 'none' : dominatorText(node.immediateDominator)
    const retained = node.reachable ? node.retained : node.shallow
    return line(node.id, [node.shallow, retained, dominator, oracle.rootIds.has(node.id)], [...node.references])
  })
  const classes = [...oracle.classes].map(
    ([id, sum]) => `class ${hex(id)} ${sum.objects} ${sum.shallow} ${sum.minimumRetained}`,
  )
  return [...objects, ...classes].toSorted()
}

function dominatorText(id: number | bigint): string {
  return id === -1 ? 'root' : hex(id)
}

function dominatorOf({ snapshot }: Heap, index: number): string {
  const dominator = snapshot.immediateDominator(index)
  if (dominator === NO_OBJECT) return 'none'
  return dominator === VIRTUAL_ROOT ? 'root' : hex(snapshot.idOf(dominator))
}

export function engineLines(heap: Heap): string[] {
  const { snapshot } = heap
  const objects: string[] = []
  for (let index = 1; index <= snapshot.objectCount; index++) {
    const facts = [
      snapshot.shallowSize(index),
      snapshot.retainedSize(index),
      dominatorOf(heap, index),
      snapshot.isRoot(index),
    ]
    objects.push(
      line(
        snapshot.idOf(index),
        facts,
        Array.from(snapshot.outgoing(index), (target) => snapshot.idOf(target)),
      ),
    )
  }
  const classes = listedClasses(heap)
    .filter((type) => type.instances > 0)
    .map((type) => `class ${hex(type.id)} ${type.instances} ${type.shallow} ${type.retainedMin}`)
  return [...objects, ...classes].toSorted()
}
