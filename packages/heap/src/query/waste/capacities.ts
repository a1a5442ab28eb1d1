/**
 * How much room collections of the JDK have, and how much they need: which field has their array, and how long that has to
 * be for so many members, by the rules by which they grow (hash tables at the usual load factor of 0.75). Queues between
 * threads are not here: that they are mostly empty, and have room, is their purpose.
 */
export interface Capacity {
  /** Array of the elements, entries or buckets; absent where each member has a node of its own. */
  readonly array?: string
  /** Shortest array for that many members, of at least one. */
  readonly needed?: (members: number) => number
  /** Slots of the array for each member. */
  readonly perMember?: number
  /** What keeps its members in a map, or in a list. */
  readonly inner?: string
}

export const CAPACITIES: Readonly<Record<string, Capacity>> = {
  'java.util.ArrayList': { array: 'elementData', needed: (members) => members },
  'java.util.Vector': { array: 'elementData', needed: (members) => members },
  'java.util.PriorityQueue': { array: 'queue', needed: (members) => members },
  // One slot stays free, which tells full from empty.
  'java.util.ArrayDeque': { array: 'elements', needed: (members) => members + 1 },
  'java.util.HashMap': { array: 'table', needed: powerOfTwo((length, members) => members <= length * 0.75) },
  'java.util.WeakHashMap': { array: 'table', needed: powerOfTwo((length, members) => members <= length * 0.75) },
  // It grows as soon as it has as many members, not when it has more.
  'java.util.concurrent.ConcurrentHashMap': {
    array: 'table',
    needed: powerOfTwo((length, members) => members < length - (length >>> 2)),
  },
  'java.util.Hashtable': { array: 'table', needed: (members) => Math.ceil(members / 0.75) },
  // Keys and values by turns, at most two thirds full, for four members at least.
  'java.util.IdentityHashMap': {
    array: 'table',
    needed: (members) => Math.max(8, powerOfTwo((length, most) => most * 3 <= length)(members)),
    perMember: 2,
  },
  'java.util.concurrent.CopyOnWriteArrayList': { array: 'array', needed: (members) => members },

  'java.util.LinkedList': {},
  'java.util.TreeMap': {},
  'java.util.concurrent.ConcurrentSkipListMap': {},

  'java.util.HashSet': { inner: 'map' },
  // Since JDK 9.
  'java.util.Properties': { inner: 'map' },
  'java.util.TreeSet': { inner: 'm' },
  'java.util.concurrent.ConcurrentSkipListSet': { inner: 'm' },
  'java.util.concurrent.CopyOnWriteArraySet': { inner: 'al' },
  'java.util.Collections$SetFromMap': { inner: 'm' },
  'java.util.concurrent.ConcurrentHashMap$KeySetView': { inner: 'map' },
}

function powerOfTwo(suffices: (length: number, members: number) => boolean): (members: number) => number {
  return (members) => {
    let length = 1
    while (!suffices(length, members)) length *= 2
    return length
  }
}
