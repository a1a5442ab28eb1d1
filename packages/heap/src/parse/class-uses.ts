/**
 * How often each class id occurs as the class of an instance or object array: counted while the dump is
 * scanned for the first time, before any class is known. Open addressing over the two halves of the id.
 */
export interface ClassUses {
  /** Halves of the class ids, signed. */
  readonly high: Int32Array
  readonly low: Int32Array
  /** Instances; then object arrays of it and their elements in all. */
  readonly instances: Float64Array
  readonly arrays: Float64Array
  readonly elements: Float64Array
  /** Of these arrays, those with an odd number of elements. */
  readonly odd: Float64Array
  /** Bytes of values of the largest instance. */
  readonly largest: Int32Array
}

/** More than any JVM has classes; what comes after is counted with the last, and `tooMany` says so. */
const MOST_USED = 1 << 20

export class ClassUseCounter {
  private count = 0
  private capacity = 1024
  private slots = new Int32Array(this.capacity).fill(-1)
  private high = new Int32Array(this.capacity / 2)
  private low = new Int32Array(this.capacity / 2)
  private instances = new Float64Array(this.capacity / 2)
  private arrays = new Float64Array(this.capacity / 2)
  private elements = new Float64Array(this.capacity / 2)
  private odd = new Float64Array(this.capacity / 2)
  private largest = new Int32Array(this.capacity / 2)

  instance(high: number, low: number, bytes: number): void {
    const at = this.find(high, low)
    this.instances[at]++
    if (bytes > this.largest[at]) this.largest[at] = bytes
  }

  array(high: number, low: number, elements: number): void {
    const at = this.find(high, low)
    this.arrays[at]++
    this.elements[at] += elements
    this.odd[at] += elements & 1
  }

  get tooMany(): boolean {
    return this.count === MOST_USED
  }

  result(): ClassUses {
    const to = this.count
    return {
      high: this.high.slice(0, to),
      low: this.low.slice(0, to),
      instances: this.instances.slice(0, to),
      arrays: this.arrays.slice(0, to),
      elements: this.elements.slice(0, to),
      odd: this.odd.slice(0, to),
      largest: this.largest.slice(0, to),
    }
  }

  private find(high: number, low: number): number {
    const mask = this.capacity - 1
    let slot = hash(high, low) & mask
    for (;;) {
      const at = this.slots[slot]
      // before it is needed: what V8 has not seen yet when it compiles, it compiles anew
      const next = (slot + 1) & mask
      if (at < 0) return this.insert(slot, high, low)
      if (this.low[at] === low && this.high[at] === high) return at
      slot = next
    }
  }

  private insert(slot: number, high: number, low: number): number {
    if (this.count === MOST_USED) return MOST_USED - 1
    if (this.count === this.capacity / 2) {
      this.grow()
      return this.find(high, low)
    }
    const at = this.count++
    this.slots[slot] = at
    this.high[at] = high
    this.low[at] = low
    return at
  }

  private grow(): void {
    this.capacity *= 2
    const half = this.capacity / 2
    this.high = grown(this.high, new Int32Array(half))
    this.low = grown(this.low, new Int32Array(half))
    this.instances = grown(this.instances, new Float64Array(half))
    this.arrays = grown(this.arrays, new Float64Array(half))
    this.elements = grown(this.elements, new Float64Array(half))
    this.odd = grown(this.odd, new Float64Array(half))
    this.largest = grown(this.largest, new Int32Array(half))
    this.slots = new Int32Array(this.capacity).fill(-1)
    for (let at = 0; at < this.count; at++) {
      let slot = hash(this.high[at], this.low[at]) & (this.capacity - 1)
      while (this.slots[slot] >= 0) slot = (slot + 1) & (this.capacity - 1)
      this.slots[slot] = at
    }
  }
}

/** Spreads ids, which are multiples of 8 close together (Fibonacci hashing: Knuth, vol. 3, §6.4). */
export function hash(high: number, low: number): number {
  return Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 8
}

function grown<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
