/** Names and figures of heap findings, alike in both languages. */
import type { Holder, SuspectField } from '../heap-findings.ts'
import { count, size } from './figures.ts'

/** `31.4 MiB` */
export function bytes(value: number): string {
  return value < 1024 ? `${count(value)} B` : rounded(size(value / 1024))
}

/** Three significant digits are enough in a sentence. */
function rounded(text: string): string {
  const [figure, unit] = text.split(' ')
  return `${Number(Number(figure).toPrecision(3))} ${unit}`
}

/** `88 %`, and a decimal below 10. */
export function share(percent: number): string {
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toFixed(1))} %`
}

/** `java.util.concurrent.ConcurrentHashMap` → `ConcurrentHashMap`; inner and array classes keep what belongs to them. */
export function short(className: string): string {
  const hiddenAt = className.search(/[+/]0x/)
  const name = hiddenAt < 0 ? className : className.slice(0, hiddenAt)
  const base = name.slice(name.lastIndexOf('.') + 1)
  return `\`${hiddenAt < 0 ? base : base.replace(/\$\$Lambda.*/, '$$$$Lambda')}\``
}

export function full(className: string): string {
  return `\`${className}\``
}

/** `Class#field`, or `Class.field` of a static one. */
export function fieldName({ className, field, static: isStatic }: SuspectField): string {
  return `${className.slice(className.lastIndexOf('.') + 1)}${isStatic ? '.' : '#'}${field}`
}

export function isSame(a: SuspectField, b: SuspectField): boolean {
  return a.className === b.className && a.field === b.field
}

/** `10,000`, or `at least 20,000` where only a part was counted. */
export function itemCount({ items }: Holder, atLeast: (figure: string) => string): string {
  if (items === null) return '0'
  return items.exact ? count(items.count) : atLeast(count(items.count))
}

/** The static field at the end of the path, when it is another than the one that was named. */
export function keeperOf({ path, growsThrough, culprit }: Holder): { className: string; field: string } | undefined {
  const end = path.at(-1)
  const edge = end?.edges.find(({ kind }) => kind === 'static')
  if (end === undefined || edge === undefined || end.object.label.kind !== 'class') return undefined
  const className = end.object.label.name
  const isNamed = [growsThrough, culprit].some((named) => named?.field === edge.name && named.className === className)
  return isNamed ? undefined : { className, field: edge.name }
}

/** What each item carries, from its own class on, without the item itself, and without nodes and arrays on the way. */
export function carried({ content, items }: Holder): string[] {
  if (items === null || items.className === 'java.lang.String') return []
  const below = content.slice(content.findIndex(({ className }) => className === items.className) + 1)
  const again = below.findIndex(({ className }) => className === items.className)
  const told = (again < 0 ? below : below.slice(0, again)).filter(
    ({ className }, place) => !isWay(className) || (place === 0 && below.length === 1),
  )
  const names = told.slice(0, 3).map(({ className }) => short(className))
  return names.filter((name, place) => name !== names[place - 1])
}

/** Parts of collections, which carry others. */
function isWay(className: string): boolean {
  return /^java\.util\..*\$/.test(className) || /^[\w.$]+\.[\w.$]+\[\]$/.test(className)
}

/** `An`, before a word that begins with a vowel. */
export function article(name: string): string {
  return /^`?(?:[AEIOaeio]|Un(?!i))/.test(name) ? 'An' : 'A'
}

/** Several structures hold the items, and the collection on the path has only a few of them. */
export function isScattered({ exclusive, items, collection }: Holder): boolean {
  return !exclusive && items !== null && (collection?.size ?? 0) < items.count * 0.9
}

/** The collection itself is said to hold, and not something above it that has several such. */
export function isHolder({ collection, holder, holderCount }: Holder): boolean {
  return holderCount === 1 && collection?.object.id === holder.id
}

/** One thing that has grown by itself: a text, a buffer, an array. */
export function isOneThing({ shape, items, holderCount }: Holder): boolean {
  return shape === 'array' && items === null && holderCount === 1
}

/** One after the other; what has nothing to say is passed over. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

/** The same without a space between them. */
export function chineseSentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('')
}

/** What has grown: the text or buffer around the array, where there is one. */
export function grown({ path, holder }: Holder): string {
  const wrapper = path[1]?.object
  return wrapper !== undefined && isGrowableText(wrapper.className) ? wrapper.className : holder.className
}

/** Texts and buffers that grow by what is appended to them. */
export function isGrowableText(className: string): boolean {
  return /^java\.(lang\.(StringBuilder|StringBuffer)|io\.(ByteArrayOutputStream|CharArrayWriter|StringWriter))$/.test(
    className,
  )
}
