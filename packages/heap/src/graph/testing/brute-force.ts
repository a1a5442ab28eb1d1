/** The definitions themselves, as slowly as they read, over `GraphDescription`s: what the graph phases are compared with. */
import type { GraphDescription } from './parsed-graph.ts'

export interface SlowGraph {
  /** rank → ranks of what it refers to, its class object included. */
  readonly references: readonly ReadonlySet<number>[]
  readonly reachable: ReadonlySet<number>
  /** rank → rank of the immediate dominator; −1 for the virtual root. Reachable objects only. */
  readonly dominatorOf: ReadonlyMap<number, number>
  /** rank → references from the closest root, 0 for roots. Reachable objects only. */
  readonly distance: ReadonlyMap<number, number>
}

export function slowGraph({ objects, roots, classes = [] }: GraphDescription): SlowGraph {
  const references = objects.map((object) => {
    const classRank = classes[object.class ?? 0]?.rank ?? -1
    return new Set(classRank < 0 ? object.references : [classRank, ...object.references])
  })
  const distance = distances(references, roots, -1)
  return {
    references,
    reachable: new Set(distance.keys()),
    distance,
    dominatorOf: dominators(references, roots, distance),
  }
}

/** rank → length of the shortest path from a root that avoids one object. */
function distances(references: SlowGraph['references'], roots: readonly number[], without: number) {
  const found = new Map<number, number>()
  let border = roots.filter((root) => root !== without)
  for (let length = 0; border.length > 0; length++) {
    for (const rank of border) if (!found.has(rank)) found.set(rank, length)
    border = border.flatMap((rank) => [...references[rank]].filter((to) => to !== without && !found.has(to)))
  }
  return found
}

/** d dominates v when v cannot be reached without d; the immediate one is dominated by all others. */
function dominators(
  references: SlowGraph['references'],
  roots: readonly number[],
  reachable: ReadonlyMap<number, number>,
) {
  const dominatorsOf = new Map([...reachable.keys()].map((rank) => [rank, [] as number[]]))
  for (const without of reachable.keys()) {
    const left = distances(references, roots, without)
    for (const rank of reachable.keys()) if (rank !== without && !left.has(rank)) dominatorsOf.get(rank)?.push(without)
  }
  const depth = (rank: number) => dominatorsOf.get(rank)?.length ?? 0
  return new Map([...dominatorsOf].map(([rank, all]) => [rank, all.toSorted((a, b) => depth(b) - depth(a))[0] ?? -1]))
}
