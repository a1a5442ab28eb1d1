/** Random graphs for comparison with brute force. */
import type { Random } from '@heaptrail/fixtures/random'
import type { GraphDescription } from './parsed-graph.ts'

/**
 * Up to 100 objects: densities 0.5 to 4, self and parallel references, chains, hubs, several roots or none, classes
 * with and without class objects, arrays, ids and positions of every size.
 */
export function randomGraph(random: Random): GraphDescription {
  const count = 1 + random.below(random.pick([3, 20, 100]))
  const classes = randomClasses(random, count)
  const density = random.pick([0.5, 1, 1.5, 2, 4])
  const target = random.pick([
    () => random.below(count),
    (from: number) => Math.min(count - 1, from + 1),
    (from: number) => Math.max(0, from - random.below(4)),
    () => random.below(Math.min(4, count)),
  ])
  const objects = Array.from({ length: count }, (_, rank) => {
    const references: number[] = []
    while (random.chance(density / (1 + density)))
      references.push(random.chance(0.8) ? target(rank) : random.below(count))
    if (random.chance(0.02)) for (let i = 0; i < 80; i++) references.push(random.below(count))
    const number = random.below(classes.length)
    const { kind } = classes[number]
    return {
      references: kind === 'primitive-array' ? [] : references,
      class: number,
      length: kind === 'instance' ? 0 : random.below(300),
    }
  })
  const roots = Array.from({ length: random.below(4) }, () => random.below(count))
  return { objects, classes, roots, ...random.pick(ADDRESSES) }
}

function randomClasses(random: Random, objects: number) {
  const ranks = new Set<number>()
  return Array.from({ length: 1 + random.below(5) }, (_, number) => {
    const rank = random.below(objects)
    const hasObject = random.chance(0.6) && !ranks.has(rank)
    if (hasObject) ranks.add(rank)
    const kind = number === 0 ? 'instance' : random.pick(['instance', 'primitive-array', 'object-array'] as const)
    return {
      name: `acme.Type${number}`,
      rank: hasObject ? rank : -1,
      kind,
      instanceSize: kind === 'instance' ? 16 + 8 * random.below(4) : 0,
      elementSize: kind === 'instance' ? 0 : random.pick([1, 4, 8]),
    }
  })
}

const ADDRESSES: readonly Pick<GraphDescription, 'idOf' | 'positionOf'>[] = [
  {},
  { idOf: (rank) => BigInt(rank) * 8n },
  { idOf: (rank) => BigInt(rank) * 3n },
  { idOf: (rank) => BigInt(rank) * 0x1_0000_0001n },
  { idOf: (rank) => (rank === 0 ? 0n : 0x0000_0400_0000_0000n + BigInt(rank) * 24n) },
  { idOf: (rank) => (rank < 50 ? BigInt(rank) * 8n : 0xffff_ffff_ffff_0001n + BigInt(rank)) },
  { positionOf: (rank) => 2 ** 32 - 100 + rank * 30 },
  // 64 bits without any order in the low 57
  {
    idOf: (rank) =>
      rank === 0 ? 0n : (BigInt(rank) << 57n) | BigInt.asUintN(57, BigInt(rank) * 0x9e37_79b9_7f4a_7c15n),
  },
  { positionOf: (rank) => 5000 - rank * 40 },
  // neighbours up to 400 GiB apart, in no order
  { positionOf: (rank) => ((rank * 37) % 101) * 2 ** 32 + ((rank * 7919) % 1000) },
]
