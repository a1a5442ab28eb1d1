/**
 * Two dumps of one process: which objects are in both? An object's id is its address, so ids say that only where nothing
 * was moved between the dumps, and only of one process. Whether they do is decided by evidence:
 *
 * - A number that the JDK draws when a process starts (the salt of its immutable collections) tells processes apart.
 * - Class objects are witnesses: each is known in both dumps by its name and loader, wherever it lies. A collector that
 *   moved objects moved most of them.
 * - Memory that was freed and used again puts other objects at old addresses. Where classes differ that is seen; how often
 *   they agree by chance follows from how frequent each class is.
 *
 * One pass over both lists of ids, which are sorted. Memory: 2 or 4 bytes per object of both dumps.
 */
import type { Heap } from '../query/heap.ts'
import type { SnapshotClass } from '../snapshot/snapshot.ts'
import type { IdentityVerdict, KeptObjects } from './messages.ts'

const LEAST_STAYED = 0.9
/** Fewer class objects prove nothing; those of the JDK lie at the same addresses in many processes. */
const LEAST_WITNESSES = 20
const MOST_BY_CHANCE = 0.05

export function keptObjects(after: Heap, before: Heap): KeptObjects {
  const { witnesses, stayed, appWitnesses, appStayed } = classWitnesses(before, after)
  const shared = sharedIds(before, after)
  const isOneProcess = sameSalt(before, after)
  const byChance = expectedByChance(after, shared.otherClass)
  const hasStayed = witnesses >= LEAST_WITNESSES && stayed >= witnesses * LEAST_STAYED
  const isReliable = hasStayed && byChance <= shared.sameClass * MOST_BY_CHANCE
  // Without the number of the process, classes of the program itself must lie where they lay.
  const seemsOne = appWitnesses >= LEAST_WITNESSES && appStayed >= appWitnesses * LEAST_STAYED
  const verdict = verdictOf(isOneProcess, isReliable, seemsOne)
  return {
    identity: {
      verdict,
      certain: isOneProcess !== undefined,
      witnesses,
      stayed,
      sameClass: shared.sameClass,
      otherClass: shared.otherClass,
      byChance,
    },
    classes: verdict === 'kept' ? byName(after.classes, shared.kept) : [],
  }
}

function verdictOf(isOneProcess: boolean | undefined, isReliable: boolean, seemsOne: boolean): IdentityVerdict {
  if (isOneProcess === false) return 'other-process'
  if (isReliable && (isOneProcess === true || seemsOne)) return 'kept'
  return isOneProcess === true ? 'moved' : 'unknown'
}

/** Drawn from the clock when a process starts, since JDK 9. */
const SALTS = [
  { className: 'java.util.ImmutableCollections', field: 'SALT32L' },
  { className: 'java.util.ImmutableCollections', field: 'SALT' },
]

/** @returns undefined where one of the dumps does not tell. */
function sameSalt(before: Heap, after: Heap): boolean | undefined {
  const [one, other] = [saltOf(before), saltOf(after)]
  return one === undefined || other === undefined ? undefined : one === other
}

function saltOf(heap: Heap): string | undefined {
  for (const { className, field } of SALTS) {
    const type = heap.classes.find(({ name, loaderId }) => name === className && loaderId === 0n)
    const salt = type && heap.snapshot.classDetails(type.number).statics.find(({ name }) => name === field)
    // Zero before the class is initialised.
    if (salt !== undefined && BigInt(salt.value) !== 0n) return String(salt.value)
  }
  return undefined
}

interface Witnesses {
  witnesses: number
  stayed: number
  /** Of them not of the boot loader. */
  appWitnesses: number
  appStayed: number
}

function classWitnesses(before: Heap, after: Heap): Witnesses {
  const [old, now] = [uniqueClasses(before), uniqueClasses(after)]
  const found: Witnesses = { witnesses: 0, stayed: 0, appWitnesses: 0, appStayed: 0 }
  for (const [key, type] of now) {
    const same = old.get(key)
    if (same === undefined) continue
    const hasStayed = same.id === type.id
    found.witnesses++
    if (hasStayed) found.stayed++
    if (type.loaderId === 0n) continue
    found.appWitnesses++
    if (hasStayed) found.appStayed++
  }
  return found
}

/** Real classes by name and class of their loader, those only of which there is one. */
function uniqueClasses({ classes, snapshot }: Heap): ReadonlyMap<string, SnapshotClass> {
  const loaderName = ({ loaderIndex, loaderId }: SnapshotClass): string =>
    loaderId === 0n || loaderIndex < 0 ? '' : (classes[snapshot.classOf(loaderIndex)]?.name ?? '')
  const groups = Map.groupBy(
    classes.filter(({ index, kind }) => index > 0 && kind === 'instance'),
    (type) => `${type.name} ${loaderName(type)}`,
  )
  return new Map([...groups].flatMap(([key, all]) => (all.length === 1 && all[0] ? [[key, all[0]]] : [])))
}

interface Shared {
  /** Class number of the later dump → objects. */
  readonly kept: Float64Array
  readonly sameClass: number
  readonly otherClass: number
}

/** Reachable objects whose id is in both dumps. */
function sharedIds(before: Heap, after: Heap): Shared {
  const toAfter = classNumbers(before.classes, after.classes)
  const kept = new Float64Array(after.classes.length)
  let sameClass = 0
  let otherClass = 0
  const [old, now] = [walk(before), walk(after)]
  while (old.next() && now.next()) {
    while (!equal(old, now)) if (!(isLess(old, now) ? old.next() : now.next())) return { kept, sameClass, otherClass }
    const number = now.classNumber()
    if (toAfter[old.classNumber()] === number) {
      kept[number]++
      sameClass++
    } else otherClass++
  }
  return { kept, sameClass, otherClass }
}

/** Number in the earlier dump → number of the same class in the later one, by id and name or by a name that is unique; −1: none. */
function classNumbers(before: readonly SnapshotClass[], after: readonly SnapshotClass[]): Int32Array {
  const byId = new Map(after.map(({ id, name, number }) => [`${id} ${name}`, number]))
  const byName = Map.groupBy(after, ({ name }) => name)
  return Int32Array.from(before, ({ id, name }) => {
    const named = byName.get(name) ?? []
    return byId.get(`${id} ${name}`) ?? (named.length === 1 ? named[0].number : -1)
  })
}

interface Walk {
  /** @returns false behind the last reachable object. */
  next(): boolean
  high: number
  low: number
  classNumber(): number
}

function equal(a: Walk, b: Walk): boolean {
  return a.low === b.low && a.high === b.high
}

function isLess(a: Walk, b: Walk): boolean {
  return a.high < b.high || (a.high === b.high && a.low < b.low)
}

const PAGE = 1 << 16

/** The ids of reachable objects, ascending. */
function walk({ snapshot, classes }: Heap): Walk {
  const { objectCount, reachableCount } = snapshot
  const classOf = readClasses(snapshot, reachableCount, classes.length)
  const ids = new BigUint64Array(PAGE)
  // Two words for each, as numbers are quicker to compare than big ones; the lower word comes first on every machine that counts.
  const words = new Uint32Array(ids.buffer)
  const indices = new Uint32Array(PAGE)
  let read = 0
  let at = 0
  let filled = 0
  return {
    high: 0,
    low: 0,
    next() {
      do {
        if (++at >= filled) {
          if (read >= objectCount) return false
          filled = Math.min(PAGE, objectCount - read)
          snapshot.readByAddress(read, ids.subarray(0, filled), indices.subarray(0, filled))
          read += filled
          at = 0
        }
      } while (indices[at] > reachableCount)
      this.low = words[at * 2]
      this.high = words[at * 2 + 1]
      return true
    },
    classNumber: () => classOf[indices[at]],
  }
}

function readClasses(snapshot: Heap['snapshot'], reachableCount: number, classes: number): Uint16Array | Uint32Array {
  const all = classes <= 1 << 16 ? new Uint16Array(reachableCount + 1) : new Uint32Array(reachableCount + 1)
  const page = new Uint32Array(PAGE)
  for (let from = 1; from <= reachableCount; from += PAGE) {
    const count = Math.min(PAGE, reachableCount + 1 - from)
    snapshot.readClasses(from, page.subarray(0, count))
    all.set(page.subarray(0, count), from)
  }
  return all
}

/** An object that is replaced by one of a class at random is of the same class so often as the classes are alike frequent. */
function expectedByChance({ classes, snapshot }: Heap, otherClass: number): number {
  const total = Math.max(1, snapshot.reachableCount)
  const alike = classes.reduce((sum, { instances }) => sum + (instances / total) ** 2, 0)
  return alike >= 1 ? 0 : Math.round((otherClass * alike) / (1 - alike))
}

function byName(classes: readonly SnapshotClass[], kept: Float64Array): KeptObjects['classes'] {
  const sums = new Map<string, number>()
  for (const { name, number } of classes) if (kept[number] > 0) sums.set(name, (sums.get(name) ?? 0) + kept[number])
  return [...sums].map(([className, objects]) => ({ className, kept: objects }))
}
