/**
 * The classes on the way from the virtual root down to an object, as a number: objects with the same classes above them in the same
 * order of first appearance share it. There are few such paths, however many objects; a path knows which class was
 * added to which other path, and steps that were taken before are remembered.
 */

/** Path without classes. */
export const EMPTY_PATH = 0

/** Paths are numbered in 16 bits. */
const MOST_PATHS = 1 << 16
/** Classes looked at on steps that were not taken before; what takes more is no ordinary heap. */
const MOST_LOOKS = 1 << 23
/** They take memory, some dozen bytes each: there must not be one for every object. */
const MOST_STEPS = 1 << 19
const REMEMBERED_BITS = 14

export class ClassPaths {
  /** There are too many paths, or too long ones: the numbers mean nothing any more. */
  isExceeded = false
  private readonly classes: number
  /** path → the path that it continues, and the class that it adds. */
  private readonly before = new Uint16Array(MOST_PATHS)
  private readonly added = new Int32Array(MOST_PATHS)
  private count = 1
  private looks = 0
  /** path × classes + class → path */
  private readonly steps = new Map<number, number>()
  /** The last of these steps by a hash: path, class, path reached. */
  private readonly remembered = new Int32Array(3 << REMEMBERED_BITS).fill(-1)

  constructor(classes: number) {
    this.classes = classes
  }

  /** @returns the path with the class added: the same path when the class is on it already */
  step(path: number, classNumber: number): number {
    const { remembered } = this
    const hash = Math.imul(Math.imul(path, 0x9e3779b1) ^ classNumber, 0x85ebca77) >>> (32 - REMEMBERED_BITS)
    const at = hash * 3
    if (remembered[at] === path && remembered[at + 1] === classNumber) return remembered[at + 2]
    const key = path * this.classes + classNumber
    const known = this.steps.get(key)
    const reached = known ?? this.newStep(path, classNumber)
    if (known === undefined) this.remember(key, reached)
    remembered[at] = path
    remembered[at + 1] = classNumber
    remembered[at + 2] = reached
    return reached
  }

  private remember(key: number, reached: number) {
    if (this.steps.size === MOST_STEPS) this.isExceeded = true
    else this.steps.set(key, reached)
  }

  private newStep(path: number, classNumber: number): number {
    for (let at = path; at !== EMPTY_PATH; at = this.before[at]) {
      if (this.added[at] === classNumber) return path
      if (++this.looks > MOST_LOOKS) this.isExceeded = true
      if (this.isExceeded) return path
    }
    if (this.count === MOST_PATHS) {
      this.isExceeded = true
      return path
    }
    this.before[this.count] = path
    this.added[this.count] = classNumber
    return this.count++
  }
}
