/** Readable class names in the parts that a view shows differently. */

export interface ClassNameParts {
  /** `io.netty.buffer`, or empty. */
  readonly packageName: string
  /** `PoolArena$HeapArena`, `byte[]`, `Foo$$Lambda/0x00007f12a4001000`. */
  readonly simpleName: string
}

/** Hidden classes carry a `/` or `+` with an address behind their name; dots before it separate packages. */
export function splitClassName(className: string): ClassNameParts {
  const end = className.search(/[/+]/)
  const dot = (end === -1 ? className : className.slice(0, end)).lastIndexOf('.')
  return { packageName: dot === -1 ? '' : className.slice(0, dot), simpleName: className.slice(dot + 1) }
}

/** `byte[]` and 17 → `byte[17]`; `Entry[][]` and 5 → `Entry[5][]`. */
export function withLength(simpleArrayName: string, length: string): string {
  return simpleArrayName.replace('[]', `[${length}]`)
}
