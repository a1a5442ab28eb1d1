/**
 * Where HotSpot puts the fields of an instance, so that sizes come out as the JVM counts them.
 * Since JDK 15 ("FieldLayoutBuilder", JDK-8237767): primitives by falling size, then references, each into the
 * smallest hole that fits, holes of superclasses included; else at the end.
 */
export interface FieldSpace {
  /** Unused bytes between fields: pairs of begin and end, ascending. */
  readonly holes: readonly (readonly [number, number])[]
  /** Offset behind the last field. */
  readonly end: number
}

export function headerSpace(header: number): FieldSpace {
  return { holes: [], end: header }
}

/**
 * @param primitives sizes in bytes of the class's own fields of primitive types.
 * @param references how many fields of the class itself are references.
 */
export function placeFields(
  superclass: FieldSpace,
  primitives: readonly number[],
  references: number,
  referenceSize: number,
): FieldSpace {
  let space = superclass
  for (const size of primitives.toSorted((a, b) => b - a)) space = placeField(space, size)
  for (let i = 0; i < references; i++) space = placeField(space, referenceSize)
  return space
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

export function alignUp(value: number, alignment: number): number {
  const over = value % alignment
  return over === 0 ? value : value + alignment - over
}
