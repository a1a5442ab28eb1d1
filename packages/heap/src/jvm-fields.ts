/**
 * Where HotSpot puts the fields of an instance, so that sizes come out as the JVM counts them.
 *
 * Since JDK 15 ("FieldLayoutBuilder", JDK-8237767): primitives by falling size, then references, each into the
 * smallest hole that fits, holes of superclasses included; else at the end. Before, a class began where its superclass
 * ended, and only the gap before its first long or double was filled.
 */
export interface FieldSpace {
  /** Unused bytes between fields: pairs of begin and end, ascending. */
  readonly holes: readonly (readonly [number, number])[]
  /** Offset behind the last field. */
  readonly end: number
}

/** Fields to be placed: bytes of each primitive one, and how many are references. */
export interface Placed {
  readonly primitives: readonly number[]
  readonly references: number
}

export function headerSpace(header: number): FieldSpace {
  return { holes: [], end: header }
}

/** Fields of a class itself, behind those of its superclasses. */
export function placeFields(superclass: FieldSpace, fields: Placed, referenceSize: number): FieldSpace {
  let space = superclass
  for (const size of fields.primitives.toSorted((a, b) => b - a)) space = placeField(space, size)
  for (let i = 0; i < fields.references; i++) space = placeField(space, referenceSize)
  return space
}

/** Static fields in a class object: references first, then primitives into what is left. */
export function placeStatics(start: number, fields: Placed, referenceSize: number): FieldSpace {
  const references = placeFields(headerSpace(start), { primitives: [], references: fields.references }, referenceSize)
  return placeFields(references, { primitives: fields.primitives, references: 0 }, referenceSize)
}

/** Contended fields: padding, the fields one behind the other. What follows begins behind them and leaves the holes. */
export function placeApart(space: FieldSpace, fields: Placed, referenceSize: number, padding: number): FieldSpace {
  let end = space.end + padding
  for (const size of fields.primitives.toSorted((a, b) => b - a)) end = alignUp(end, size) + size
  if (fields.references > 0) end = alignUp(end, referenceSize) + fields.references * referenceSize
  return { holes: [], end }
}

function placeField({ holes, end }: FieldSpace, size: number): FieldSpace {
  const fitting = holes.filter(([from, to]) => alignUp(from, size) + size <= to)
  if (fitting.length === 0) {
    const at = alignUp(end, size)
    return { holes: at > end ? [...holes, [end, at]] : holes, end: at + size }
  }
  // of holes of the same size the last one
  const best = fitting.reduce((a, b) => (b[1] - b[0] <= a[1] - a[0] ? b : a))
  const at = alignUp(best[0], size)
  const rest: (readonly [number, number])[] = [
    [best[0], at],
    [at + size, best[1]],
  ]
  const filled = holes.flatMap((hole) => (hole === best ? rest.filter(([from, to]) => to > from) : [hole]))
  return { holes: filled, end }
}

/** Before JDK 15. Longs, ints, shorts, bytes, references; the next class begins at a multiple of a reference. */
export function placeClassic({ end }: FieldSpace, fields: Placed, referenceSize: number): FieldSpace {
  const left = new Map([8, 4, 2, 1].map((size) => [size, fields.primitives.filter((one) => one === size).length]))
  let references = fields.references
  const take = (size: number, most: number): number => {
    const taken = Math.min(most, left.get(size) ?? 0)
    left.set(size, (left.get(size) ?? 0) - taken)
    return taken * size
  }
  let at = end
  if ((left.get(8) ?? 0) > 0 && at % 8 !== 0) {
    const gap = 8 - (at % 8)
    let free = gap - take(4, gap >> 2)
    free -= take(2, free >> 1)
    free -= take(1, free)
    if (free >= referenceSize && references > 0) references--
    at += gap
  }
  for (const size of [8, 4, 2, 1]) at += (left.get(size) ?? 0) * size
  if (references > 0) at = alignUp(at, referenceSize) + references * referenceSize
  return headerSpace(alignUp(at, referenceSize))
}

/** Before JDK 15: references, longs, ints, shorts, bytes. */
export function placeClassicStatics(start: number, fields: Placed, referenceSize: number): FieldSpace {
  const behind = start + fields.references * referenceSize
  const first = fields.primitives.includes(8) ? alignUp(behind, 8) : behind
  return headerSpace(fields.primitives.reduce((sum, size) => sum + size, first))
}

export function alignUp(value: number, alignment: number): number {
  const over = value % alignment
  return over === 0 ? value : value + alignment - over
}
