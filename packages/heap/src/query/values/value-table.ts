/**
 * Objects that stand for one value, as people write it: dates and times, numbers of any size, ids, addresses, paths,
 * counters. By the layout of their fields; a class of another library has its row here too.
 */
import { decodeModifiedUtf8 } from '@heaptrail/hprof/modified-utf8'
import type { Heap } from '../heap.ts'
import { digitsOf, scaled } from './big-numbers.ts'
import { type Instance, indexOfId, instanceAt, smallNumbers } from './instance.ts'
import { sumOfCells } from './members.ts'
import { date, duration, instant, milliseconds, offset, period, time } from './times.ts'

/** What an object that another refers to is, in a few words. */
export type Words = (heap: Heap, id: bigint) => string
/** @returns undefined when the fields are not those that are known. */
export type ReadValue = (of: Instance, words: Words) => string | undefined

/** By class; subclasses are read like it. */
export const VALUES: Readonly<Record<string, ReadValue>> = {
  'java.util.Date': (of) => milliseconds(of.long('fastTime')),
  'java.sql.Timestamp': (of) => instantOf(of.long('fastTime'), of.int('nanos')),
  'java.util.Calendar': (of) => milliseconds(of.long('time')),
  'java.time.Instant': (of) => instant(of.long('seconds'), of.int('nanos')),
  'java.time.LocalDate': date,
  'java.time.LocalTime': time,
  'java.time.LocalDateTime': dateTime,
  'java.time.ZoneOffset': (of) => offset(of.int('totalSeconds')),
  'java.time.ZoneRegion': (of) => of.text('id'),
  'java.time.OffsetTime': (of) => join('', part(of, 'time', time), part(of, 'offset', offsetIn)),
  'java.time.OffsetDateTime': (of) => join('', part(of, 'dateTime', dateTime), part(of, 'offset', offsetIn)),
  'java.time.ZonedDateTime': zonedDateTime,
  'java.time.Duration': (of) => duration(of.long('seconds'), of.int('nanos')),
  'java.time.Period': (of) => period(of.int('years'), of.int('months'), of.int('days')),
  'java.time.Year': (of) => of.int('year')?.toString(),
  'java.time.YearMonth': (of) => join('-', of.int('year')?.toString(), of.int('month')?.toString().padStart(2, '0')),
  'java.util.TimeZone': (of) => of.text('ID'),
  'java.util.Locale': locale,
  'java.util.Currency': (of) => of.text('currencyCode'),
  'java.nio.charset.Charset': (of) => of.text('name'),

  'java.math.BigInteger': digits,
  'java.math.BigDecimal': decimal,
  'java.util.UUID': uuid,
  'java.util.concurrent.atomic.AtomicInteger': (of) => of.int('value')?.toString(),
  'java.util.concurrent.atomic.AtomicLong': (of) => of.long('value')?.toString(),
  'java.util.concurrent.atomic.AtomicBoolean': (of) => truth(of.int('value')),
  'java.util.concurrent.atomic.AtomicReference': (of, words) => words(of.heap, of.id('value')),
  'java.util.concurrent.atomic.LongAdder': (of) => ((of.long('base') ?? 0n) + sumOfCells(of, 'cells')).toString(),
  'java.util.Optional': (of, words) => (of.id('value') === 0n ? 'empty' : words(of.heap, of.id('value'))),
  'java.util.OptionalInt': (of) => (of.int('isPresent') === 0 ? 'empty' : of.int('value')?.toString()),
  'java.util.OptionalLong': (of) => (of.int('isPresent') === 0 ? 'empty' : of.long('value')?.toString()),

  'java.net.URL': url,
  'java.net.URI': uri,
  'java.net.InetAddress': internetAddress,
  'java.net.InetSocketAddress': socketAddress,
  'java.io.File': (of) => of.text('path'),
  'sun.nio.fs.UnixPath': (of) => bytesText(of, 'path'),
  'sun.nio.fs.WindowsPath': (of) => of.text('path'),
  'java.util.regex.Pattern': (of) => of.text('pattern'),
  'java.lang.Module': (of) => of.text('name'),
  'java.lang.ThreadGroup': (of) => of.text('name'),
  'java.lang.Throwable': (of) => of.text('detailMessage'),
  'java.lang.StackTraceElement': frame,
  'java.lang.reflect.Field': member,
  'java.lang.reflect.Method': member,
  'java.nio.Buffer': (of) => `[pos=${of.int('position')} lim=${of.int('limit')} cap=${of.int('capacity')}]`,
  'java.util.HashMap$Node': (of, words) => entry(of, words, 'value'),
  'java.util.Hashtable$Entry': (of, words) => entry(of, words, 'value'),
  'java.util.TreeMap$Entry': (of, words) => entry(of, words, 'value'),
  'java.util.AbstractMap$SimpleEntry': (of, words) => entry(of, words, 'value'),
  'java.util.concurrent.ConcurrentHashMap$Node': (of, words) => entry(of, words, 'val'),
  'java.util.KeyValueHolder': (of, words) => entry(of, words, 'value'),
}

export interface KnownValue {
  readonly read: ReadValue
  readonly declaredBy: ReadonlySet<number>
}

const knownByHeap = new WeakMap<Heap, Map<number, KnownValue | undefined>>()

/** @returns how to read objects of the class, by its own row or that of its nearest superclass that has one. */
export function valueOf(heap: Heap, classNumber: number): KnownValue | undefined {
  const known = knownByHeap.get(heap) ?? new Map<number, KnownValue | undefined>()
  knownByHeap.set(heap, known)
  if (!known.has(classNumber)) {
    const chain = heap.facts.chainOf(classNumber)
    const place = chain.findIndex((number) => Object.hasOwn(VALUES, heap.classes[number].name))
    const found =
      place < 0 ? undefined : { read: VALUES[heap.classes[chain[place]].name], declaredBy: new Set(chain.slice(place)) }
    known.set(classNumber, found)
  }
  return known.get(classNumber)
}

/** All parts, or nothing. */
function join(between: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(between)
}

function part(of: Instance, field: string, read: (of: Instance) => string | undefined): string | undefined {
  const object = of.object(field)
  return object && read(object)
}

function truth(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value !== 0)
}

function instantOf(fastTime: bigint | undefined, nanos: number | undefined): string | undefined {
  // A Timestamp keeps whole seconds in its Date.
  return fastTime === undefined ? undefined : instant(fastTime / 1000n, nanos)
}

function dateTime(of: Instance): string | undefined {
  return join('T', part(of, 'date', date), part(of, 'time', time))
}

function offsetIn(of: Instance): string | undefined {
  return offset(of.int('totalSeconds'))
}

/** A zone that is an offset is said once. */
function zonedDateTime(of: Instance): string | undefined {
  const at = join('', part(of, 'dateTime', dateTime), part(of, 'offset', offsetIn))
  const region = of.object('zone')?.text('id')
  return at === undefined || region === undefined || of.id('zone') === of.id('offset') ? at : `${at}[${region}]`
}

/** Since JDK 7 the parts stand in a base locale; before, in the locale itself. */
function locale(of: Instance): string | undefined {
  const base = of.object('baseLocale') ?? of
  const parts = ['language', 'script', 'region', 'variant'].map((name) => base.text(name) ?? '')
  return parts.filter((text) => text !== '').join('_')
}

function digits(of: Instance): string | undefined {
  const signum = of.int('signum')
  return signum === undefined ? undefined : digitsOf(signum, magnitude(of))
}

/** Longer numbers are cut where they are read: a label shows their beginning only. */
const MOST_WORDS = 64

function magnitude(of: Instance): number[] | undefined {
  const array = of.array('mag')
  return array === undefined || array.length > MOST_WORDS ? undefined : smallNumbers(of.heap, array, MOST_WORDS)
}

const INFLATED = -(1n << 63n)

function decimal(of: Instance): string | undefined {
  const compact = of.long('intCompact')
  const unscaled = compact === undefined || compact === INFLATED ? part(of, 'intVal', digits) : compact.toString()
  const scale = of.int('scale')
  return unscaled === undefined || scale === undefined ? undefined : scaled(unscaled, scale)
}

function uuid(of: Instance): string | undefined {
  const high = of.long('mostSigBits')
  const low = of.long('leastSigBits')
  if (high === undefined || low === undefined) return undefined
  const hex = [high, low].map((bits) => BigInt.asUintN(64, bits).toString(16).padStart(16, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function url(of: Instance): string | undefined {
  const protocol = of.text('protocol')
  if (protocol === undefined) return undefined
  const authority = of.text('authority') ?? of.text('host') ?? ''
  const fragment = of.text('ref')
  return `${protocol}:${authority === '' ? '' : `//${authority}`}${of.text('file') ?? ''}${fragment === undefined ? '' : `#${fragment}`}`
}

function uri(of: Instance): string | undefined {
  const text = of.text('string')
  if (text !== undefined) return text
  const scheme = of.text('scheme')
  const authority = of.text('authority') ?? of.text('host')
  const query = of.text('query')
  return `${scheme === undefined ? '' : `${scheme}:`}${authority === undefined ? '' : `//${authority}`}${of.text('path') ?? ''}${query === undefined ? '' : `?${query}`}`
}

function internetAddress(of: Instance): string | undefined {
  const holder = of.object('holder') ?? of
  const name = holder.text('hostName')
  const bits = holder.int('address')
  const address = bits === undefined ? undefined : [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
  return name === undefined ? address : join('/', name, address)
}

function socketAddress(of: Instance): string | undefined {
  const holder = of.object('holder') ?? of
  const host = holder.text('hostname') ?? part(holder, 'addr', internetAddress)
  return join(':', host, holder.int('port')?.toString())
}

function bytesText(of: Instance, field: string): string | undefined {
  const array = of.array(field)
  if (array === undefined || array.type !== 8) return undefined
  return decodeModifiedUtf8(Uint8Array.from(smallNumbers(of.heap, array, 4096)))
}

function frame(of: Instance): string | undefined {
  const at = join('.', of.text('declaringClass'), of.text('methodName'))
  const line = of.int('lineNumber') ?? -1
  const file = of.text('fileName')
  return at && (file === undefined ? at : `${at} (${file}${line > 0 ? `:${line}` : ''})`)
}

function member(of: Instance): string | undefined {
  const type = indexOfId(of.heap, of.id('clazz'))
  const number = type < 0 ? -1 : of.heap.snapshot.classNumberOfObject(type)
  return number < 0 ? of.text('name') : join('.', of.heap.classes[number].name, of.text('name'))
}

function entry(of: Instance, words: Words, value: string): string {
  return `${words(of.heap, of.id('key'))} → ${words(of.heap, of.id(value))}`
}

/** @returns undefined when the class is none of these, or its fields are others than those that are known. */
export function valueText(heap: Heap, index: number, words: Words): string | undefined {
  const known = valueOf(heap, heap.snapshot.classOf(index))
  const of = known && instanceAt(heap, index, known.declaredBy)
  return of && known.read(of, words)
}
