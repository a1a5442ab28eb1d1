/** What the name of a class tells: its package, and whether it may be the user's own code. */
import { JDK_PACKAGES, LIBRARY_PACKAGES, isBelow } from '@heaptrail/heap/query/own-code/known-libraries'

const KNOWN = new Set([...JDK_PACKAGES, ...LIBRARY_PACKAGES])
const PRIMITIVE = /^(?:boolean|byte|char|short|int|long|float|double)$/

/** `io.netty.buffer`; empty for arrays of primitives, `<methodKlass>` and classes without a package. */
export function packageOf(className: string): string {
  const plain = className.replace(/(?:\[\])+$/, '').replace(/[/+]0x.*$/, '')
  return plain.startsWith('<') ? '' : plain.slice(0, Math.max(0, plain.lastIndexOf('.')))
}

/** Neither of the JDK nor of a library that many programs use: all that a name can tell. */
export function isOwnClass(className: string): boolean {
  const packageName = packageOf(className)
  if (packageName !== '') return !isBelow(packageName, KNOWN)
  const plain = className.replace(/(?:\[\])+$/, '')
  return plain !== '' && !PRIMITIVE.test(plain) && !/^[<$]/.test(plain)
}

/** Hidden classes are numbered differently in every run. */
export function isHiddenClass(className: string): boolean {
  return /[/+]0x[0-9a-f]+/.test(className)
}

/** Part of a name, case ignored; `*` stands for anything. */
export function nameFilter(filter: string): (name: string) => boolean {
  const parts = filter.toLowerCase().split('*')
  return (name) => {
    const text = name.toLowerCase()
    let at = 0
    for (const part of parts) {
      const found = text.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
    return true
  }
}

/** Code units decide, so that the order is the same everywhere. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
