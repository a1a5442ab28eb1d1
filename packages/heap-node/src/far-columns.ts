/**
 * Columns on their way to another thread. Structured clone keeps place and length of a typed array, and the length of its buffer,
 * in 32 bits (V8, as of Node 26): of a buffer of 4 GiB and more the other thread would get another column, or could not
 * read the message. So columns there travel as their buffer and two numbers.
 */
const KINDS = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array, BigUint64Array }
type Kind = keyof typeof KINDS
type Column = InstanceType<(typeof KINDS)[Kind]>

interface FarColumn {
  readonly farColumn: Kind
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
  readonly length: number
}

const NEAR = 2 ** 32

/** A message of plain objects, arrays and columns, fit for `postMessage`. */
export function packed(message: unknown): unknown {
  return replaced(message, (value) => (isColumn(value) && !isNear(value) ? farColumn(value) : undefined))
}

/** What was packed in the other thread, as it was there. */
export function unpacked(message: unknown): unknown {
  return replaced(message, (value) => (isFarColumn(value) ? columnOf(value) : undefined))
}

/** @param change of a part of the message; undefined leaves it as it is */
function replaced(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== undefined) return changed
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map((one) => replaced(one, change)) : value
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, change)]))
}

/** Not maps, buffers and columns: these are cloned as they are. Instances of classes become plain objects in any case. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]'
}

function isColumn(value: unknown): value is Column {
  return Object.values(KINDS).some((kind) => value instanceof kind)
}

function isNear({ buffer }: Column): boolean {
  return buffer.byteLength < NEAR
}

function farColumn(column: Column): FarColumn {
  const { buffer, byteOffset, length } = column
  // a subclass, such as Buffer, is no column
  return { farColumn: column.constructor.name as Kind, buffer, byteOffset, length }
}

function isFarColumn(value: unknown): value is FarColumn {
  return isPlain(value) && 'farColumn' in value
}

function columnOf({ farColumn: kind, buffer, byteOffset, length }: FarColumn): Column {
  // the types of all kinds together know no shared memory; each of them does
  return new KINDS[kind](buffer as ArrayBuffer, byteOffset, length)
}
