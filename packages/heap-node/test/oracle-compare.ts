/** The engine's answers beside the oracle's, as one line per object, so that a difference can be read. */
import type { OracleHeap } from '@heaptrail/fixtures/oracle'
import type { Heap } from '@heaptrail/heap/query/heap'
import { listedClasses } from '@heaptrail/heap/query/lists/summary'
import { NO_OBJECT, type Snapshot, VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'

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

export function oracleLines(oracle: OracleHeap): string {
  const objects = [...oracle.nodes.values()].map((node) => {
    const retained = node.reachable ? node.retained : node.shallow
    return line(
      node.id,
      [node.shallow, retained, oracleDominator(node.immediateDominator), oracle.rootIds.has(node.id)],
      [...node.references],
    )
  })
  const classes = [...oracle.classes].map(
    ([id, sum]) => `class ${hex(id)} ${sum.objects} ${sum.shallow} ${sum.minimumRetained}`,
  )
  return [...objects, ...classes].toSorted().join('\n')
}

/** @param dominator of the oracle: −1 for the virtual root. */
function oracleDominator(dominator: number | undefined): string {
  if (dominator === undefined) return 'none'
  return dominator === -1 ? 'root' : hex(dominator)
}

function engineDominator(dominator: number, ids: BigUint64Array): string {
  if (dominator === NO_OBJECT) return 'none'
  return dominator === VIRTUAL_ROOT ? 'root' : hex(ids[dominator])
}

function idsByIndex(snapshot: Snapshot): BigUint64Array {
  const ids = new BigUint64Array(snapshot.objectCount)
  const indices = new Uint32Array(snapshot.objectCount)
  snapshot.readByAddress(0, ids, indices)
  const byIndex = new BigUint64Array(snapshot.objectCount + 1)
  indices.forEach((index, place) => {
    byIndex[index] = ids[place]
  })
  return byIndex
}

export function engineLines(heap: Heap): string {
  const { snapshot } = heap
  const ids = idsByIndex(snapshot)
  const objects: string[] = []
  for (let index = 1; index <= snapshot.objectCount; index++) {
    const facts = [
      snapshot.shallowSize(index),
      snapshot.retainedSize(index),
      engineDominator(snapshot.immediateDominator(index), ids),
      snapshot.isRoot(index),
    ]
    objects.push(
      line(
        snapshot.idOf(index),
        facts,
        Array.from(snapshot.outgoing(index), (target) => ids[target]),
      ),
    )
  }
  const classes = listedClasses(heap)
    .filter((type) => type.instances > 0)
    .map((type) => `class ${hex(type.id)} ${type.instances} ${type.shallow} ${type.retainedMin}`)
  return [...objects, ...classes].toSorted().join('\n')
}
