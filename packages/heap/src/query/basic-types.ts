import type { BasicType } from '../parsed-heap.ts'

/** Names of the basic types, and their bytes in a dump (0: as an identifier). */
export const BASIC_TYPES: Record<BasicType, { readonly name: string; readonly bytes: number }> = {
  2: { name: 'reference', bytes: 0 },
  4: { name: 'boolean', bytes: 1 },
  5: { name: 'char', bytes: 2 },
  6: { name: 'float', bytes: 4 },
  7: { name: 'double', bytes: 8 },
  8: { name: 'byte', bytes: 1 },
  9: { name: 'short', bytes: 2 },
  10: { name: 'int', bytes: 4 },
  11: { name: 'long', bytes: 8 },
}

export function sizeInDump(type: BasicType, identifierSize: 4 | 8): number {
  return BASIC_TYPES[type].bytes || identifierSize
}

/** A primitive value as Java would print it, chars as themselves; NaN and infinities by name, longs exact. */
export function primitiveText(type: BasicType, view: DataView, at: number): string {
  switch (type) {
    case 2:
      throw new RangeError('a reference is no primitive value')
    case 4:
      return view.getUint8(at) === 0 ? 'false' : 'true'
    case 5:
      return String.fromCharCode(view.getUint16(at))
    case 6:
      return floatText(view.getFloat32(at))
    case 7:
      return javaNumber(view.getFloat64(at))
    case 8:
      return String(view.getInt8(at))
    case 9:
      return String(view.getInt16(at))
    case 10:
      return String(view.getInt32(at))
    case 11:
      return String(view.getBigInt64(at))
  }
}

/** The shortest decimal that reads back as the same float, as Java prints it. */
function floatText(value: number): string {
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(value.toPrecision(digits))
    if (Math.fround(candidate) === value) return javaNumber(candidate)
  }
  return javaNumber(value)
}

/** Like `Double.toString`: always with a fraction, and −0.0 kept apart from 0.0. */
function javaNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [mantissa, exponent] = value.toExponential().split('e')
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** A static value from the class table, printed like `primitiveText`. */
export function staticText(type: BasicType, value: number | bigint): string {
  switch (type) {
    case 4:
      return Number(value) === 0 ? 'false' : 'true'
    case 5:
      return String.fromCharCode(Number(value))
    case 6:
      return floatText(Number(value))
    case 7:
      return javaNumber(Number(value))
    default:
      return String(value)
  }
}
