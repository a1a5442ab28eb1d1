/** Object ids as people type and paste them. */
import { ObjectId } from '@heaptrail/api/ids'

/** `0xFD59B668`, `fd59b668`, ` @ 0x00fd59b668` → `0xfd59b668`; `undefined` for what is no id. */
export function readObjectId(text: string): ObjectId | undefined {
  const match = /^@?\s*(0x)?0*([0-9a-f]{1,16})$/.exec(text.trim().toLowerCase())
  if (match === null) return undefined
  const [, prefix, digits = ''] = match
  // Without 0x a short word such as "add" or "face" is more likely a class name.
  if (prefix === undefined && (digits.length < 6 || !/\d/.test(digits))) return undefined
  const id = ObjectId.safeParse(`0x${digits}`)
  return id.success ? id.data : undefined
}
