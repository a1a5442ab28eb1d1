/**
 * Which unreachable objects become GC roots when unreachable objects are to be kept: few enough to be of use, and
 * enough that they reach all the others. The choice is Eclipse MAT's (`keep_unreachable_objects`), so that both have the
 * same roots:
 *
 *   1. every object to which no other unreachable object refers;
 *   2. of what these do not reach, that is of cycles, in ten rounds by ascending id: first one of each two that
 *      only refer to each other, then those with many more references out than in, at last what is left.
 *
 * Works on ranks, before objects are numbered. 1 bit and 2 bytes per object, 4 per object that is left after step 1.
 */
import type { ParsedHeap } from '../parsed-heap.ts'
import { LAST_REFERENCE, NO_REFERENCES, classNumberOf, firstReference } from '../parsed-heap.ts'

const ROUNDS = 10
/** Counts of references stop here, as they do in MAT. */
const MANY = 255

/** @returns ranks of the chosen objects, in the order in which they were chosen; each once */
export function chooseUnreachableRoots(parsed: ParsedHeap): Uint32Array {
  const graph = graphOf(parsed)
  const { objects, mark, isMarked } = graph
  for (const root of parsed.roots) if (!root.viaThread) mark(root.rank)
  const inbound = countInbound(graph)
  const chosen = growingList()
  for (let rank = 0; rank < objects; rank++) if (!isMarked(rank) && inbound[rank] === 0) chosen.push(rank)
  for (const rank of chosen.all()) mark(rank)
  let rest = unmarked(graph)
  for (let round = 0; round < ROUNDS && rest.length > 0; round++) {
    rest = rest.filter((rank) => !isMarked(rank))
    const outbound = round === 0 ? new Uint8Array(0) : countOutbound(graph, rest)
    for (const rank of rest) {
      if (isMarked(rank)) continue
      const isChosen =
        round === 0 ? isClosedPair(graph, inbound, rank) : isGoodRoot(inbound[rank], outbound[rank], round)
      if (!isChosen) continue
      chosen.push(rank)
      mark(rank)
    }
  }
  return chosen.all()
}

/** References of all objects, and which of them have been reached. */
interface Graph {
  readonly objects: number
  /** Distinct objects that this one refers to, itself left out. */
  targetsOf(rank: number): readonly number[]
  isMarked(rank: number): boolean
  /** Marks the object and everything that it reaches. */
  mark(rank: number): void
}

function graphOf(parsed: ParsedHeap): Graph {
  const { ids, classes, references } = parsed
  const marked = new Uint32Array((ids.count >>> 5) + 1)
  const classRank = Int32Array.from(classes, ({ rank }) => rank)
  let stack = new Uint32Array(1024)
  let depth = 0

  const isMarked = (rank: number): boolean => (marked[rank >>> 5] & (1 << (rank & 31))) !== 0
  function push(rank: number): void {
    if (isMarked(rank)) return
    marked[rank >>> 5] |= 1 << (rank & 31)
    if (depth === stack.length) {
      const larger = new Uint32Array(depth * 2)
      larger.set(stack)
      stack = larger
    }
    stack[depth++] = rank
  }
  function forEachTarget(rank: number, visit: (target: number) => void): void {
    const ofClass = classRank[classNumberOf(parsed, rank)]
    if (ofClass >= 0) visit(ofClass)
    let place = firstReference(parsed, rank)
    if (place === NO_REFERENCES) return
    let target: number
    do {
      target = references.targets[place++]
      visit(target & ~LAST_REFERENCE)
    } while ((target & LAST_REFERENCE) === 0)
  }
  return {
    objects: ids.count,
    isMarked,
    targetsOf(rank) {
      const targets = new Set<number>()
      forEachTarget(rank, (target) => targets.add(target))
      targets.delete(rank)
      return [...targets]
    },
    mark(rank) {
      push(rank)
      while (depth > 0) forEachTarget(stack[--depth], push)
    },
  }
}

/** How many unreachable objects refer to each one. */
function countInbound({ objects, isMarked, targetsOf }: Graph): Uint8Array {
  const counts = new Uint8Array(objects)
  for (let rank = 0; rank < objects; rank++) {
    if (isMarked(rank)) continue
    for (const target of targetsOf(rank)) if (counts[target] < MANY) counts[target]++
  }
  return counts
}

/** To how many objects that are not reached yet each of `ranks` refers. */
function countOutbound({ objects, isMarked, targetsOf }: Graph, ranks: Uint32Array): Uint8Array {
  const counts = new Uint8Array(objects)
  for (const rank of ranks) counts[rank] = Math.min(MANY, targetsOf(rank).filter((target) => !isMarked(target)).length)
  return counts
}

function unmarked({ objects, isMarked }: Graph): Uint32Array {
  const list = growingList()
  for (let rank = 0; rank < objects; rank++) if (!isMarked(rank)) list.push(rank)
  return list.all()
}

/** Two objects that refer to each other, and to which nothing else refers. */
function isClosedPair({ isMarked, targetsOf }: Graph, inbound: Uint8Array, rank: number): boolean {
  if (inbound[rank] !== 1) return false
  return targetsOf(rank).some(
    (target) => !isMarked(target) && inbound[target] === 1 && targetsOf(target).includes(rank),
  )
}

/** Objects with a single referrer wait until the end: it may still be reached. */
function isGoodRoot(inbound: number, outbound: number, round: number): boolean {
  if (outbound === 0) return false
  return round === ROUNDS - 1 || (inbound > 1 && outbound - inbound >= ROUNDS - round - 2)
}

function growingList(): { push(rank: number): void; all(): Uint32Array } {
  let ranks = new Uint32Array(1024)
  let length = 0
  return {
    push(rank) {
      if (length === ranks.length) {
        const larger = new Uint32Array(length * 2)
        larger.set(ranks)
        ranks = larger
      }
      ranks[length++] = rank
    },
    all: () => ranks.slice(0, length),
  }
}
