/**
 * Numbers for contents: equal bytes have the same number. Contents are told apart by 64 bits of hash and their length, in
 * columns; that two different ones of ten million get the same number happens once in hundreds of thousands of heaps.
 */
const FIRST_CAPACITY = 1 << 12

export interface Contents {
  /** Numbers given so far: 0 … count − 1. */
  count(): number
  /** Bytes of the contents of that number. */
  lengthOf(number: number): number
  /** Begins new contents. */
  begin(): void
  /** Goes on with bytes of the view. */
  add(view: DataView, from: number, to: number): void
  /** @returns the number of what has been added since the beginning */
  end(length: number): number
}

export function numberedContents(): Contents {
  let [low, high, lengths] = [column(FIRST_CAPACITY), column(FIRST_CAPACITY), column(FIRST_CAPACITY)]
  /** Open addressing, twice as many slots as numbers at least: number + 1, 0 for a free one. */
  let slots = new Uint32Array(FIRST_CAPACITY * 2)
  let count = 0
  let [first, second] = [0, 0]

  function slotOf(hash: number, other: number, length: number): number {
    const mask = slots.length - 1
    let slot = (hash ^ (other >>> 7)) & mask
    for (;;) {
      const number = slots[slot] - 1
      if (number < 0) return slot
      if (low[number] === hash && high[number] === other && lengths[number] === length) return slot
      slot = (slot + 1) & mask
    }
  }
  function grow(): void {
    low = grown(low)
    high = grown(high)
    lengths = grown(lengths)
    slots = new Uint32Array(lengths.length * 2)
    for (let number = 0; number < count; number++)
      slots[slotOf(low[number], high[number], lengths[number])] = number + 1
  }
  return {
    count: () => count,
    lengthOf: (number) => lengths[number],
    begin() {
      first = 0x811c9dc5 | 0
      second = 0x9747b28c | 0
    },
    add(view, from, to) {
      for (let at = from; at < to; at++) {
        const byte = view.getUint8(at)
        first = Math.imul(first ^ byte, 0x01000193)
        second = Math.imul(second ^ (second >>> 15) ^ byte, 0x5bd1e995)
      }
    },
    end(length) {
      const hash = mixed(first)
      const other = mixed(second)
      let slot = slotOf(hash, other, length)
      if (slots[slot] > 0) return slots[slot] - 1
      if (count === lengths.length) {
        grow()
        slot = slotOf(hash, other, length)
      }
      low[count] = hash
      high[count] = other
      lengths[count] = length
      slots[slot] = ++count
      return count - 1
    },
  }
}

function column(length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(length)
}

function grown(old: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = column(old.length * 2)
  more.set(old)
  return more
}

/** The end of MurmurHash3: every bit of the input changes half of those of the output. Unsigned. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
