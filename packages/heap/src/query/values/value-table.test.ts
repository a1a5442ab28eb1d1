import { Scene } from '@heaptrail/fixtures/scene'
import type { TypeName } from '@heaptrail/hprof/writer-heap'
import { describe, expect, test } from 'vitest'
import { labelOf } from '../object/label.ts'
import { analysed } from '../testing/analysed.ts'

/** A value: a number, a text, or an instance of the class with these fields. */
type Value = number | bigint | string | readonly [className: string, fields: Record<string, Value>] | readonly number[]

/** Types by the name of a field, where it is not what the value looks like. */
const TYPES: Record<string, TypeName> = { month: 'short', day: 'short', hour: 'byte', minute: 'byte', second: 'byte' }

function build(scene: Scene, value: Value): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'string') return scene.string(value)
  if (typeof value[0] !== 'string') return scene.primitiveArray('int', value as readonly number[])
  const [className, fields] = value as readonly [string, Record<string, Value>]
  const type = scene.hasClass(className)
    ? scene.class(className)
    : scene.defineClass(className, {
        fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, typeOf(name, field)])),
      })
  return scene.instance(
    type,
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, build(scene, field)])),
  )
}

function typeOf(name: string, value: Value): TypeName {
  if (typeof value === 'bigint') return 'long'
  return typeof value === 'number' ? (TYPES[name] ?? 'int') : 'object'
}

async function label(value: Value): Promise<string> {
  const scene = new Scene()
  const id = Number(build(scene, value))
  scene.keep(id)
  const heap = await analysed(scene.bytes())
  const found = labelOf(heap, heap.snapshot.indexOf(BigInt(id)))
  return 'text' in found ? found.text : found.kind
}

const DAY = ['java.time.LocalDate', { year: 2026, month: 7, day: 4 }] as const
const NOON = ['java.time.LocalTime', { hour: 12, minute: 0, second: 0, nano: 0 }] as const
const DAY_AND_TIME = ['java.time.LocalDateTime', { date: DAY, time: NOON }] as const
const BERLIN = ['java.time.ZoneRegion', { id: 'Europe/Berlin' }] as const
const OFFSET = ['java.time.ZoneOffset', { totalSeconds: 7200 }] as const

describe('objects that stand for a value are shown as people write it', () => {
  test.each<[string, Value]>([
    ['1970-01-01T00:00:01.500Z', ['java.util.Date', { fastTime: 1500n }]],
    ['2038-01-19T03:14:08.000001Z', ['java.time.Instant', { seconds: 2_147_483_648n, nanos: 1000 }]],
    ['1969-12-31T23:59:59.500Z', ['java.time.Instant', { seconds: -1n, nanos: 500_000_000 }]],
    ['2026-07-04', DAY],
    ['2026-07-04T12:00', DAY_AND_TIME],
    ['12:00:00.000000001', ['java.time.LocalTime', { hour: 12, minute: 0, second: 0, nano: 1 }]],
    [
      '2026-07-04T12:00+02:00[Europe/Berlin]',
      ['java.time.ZonedDateTime', { dateTime: DAY_AND_TIME, offset: OFFSET, zone: BERLIN }],
    ],
    ['2026-07-04T12:00+02:00', ['java.time.OffsetDateTime', { dateTime: DAY_AND_TIME, offset: OFFSET }]],
    ['-05:30', ['java.time.ZoneOffset', { totalSeconds: -19_800 }]],
    ['PT1H1M1.5S', ['java.time.Duration', { seconds: 3661n, nanos: 500_000_000 }]],
    ['PT-1.5S', ['java.time.Duration', { seconds: -2n, nanos: 500_000_000 }]],
    ['P1Y-2M', ['java.time.Period', { years: 1, months: -2, days: 0 }]],
    ['-18446744073709551616', ['java.math.BigInteger', { signum: -1, mag: [1, 0, 0] }]],
    ['-12.50', ['java.math.BigDecimal', { intCompact: -1250n, scale: 2, intVal: 0 }]],
    ['0.00001', ['java.math.BigDecimal', { intCompact: 1n, scale: 5, intVal: 0 }]],
    ['1E-7', ['java.math.BigDecimal', { intCompact: 1n, scale: 7, intVal: 0 }]],
    ['1.25E+5', ['java.math.BigDecimal', { intCompact: 125n, scale: -3, intVal: 0 }]],
    [
      '123e4567-e89b-12d3-a456-426614174000',
      ['java.util.UUID', { mostSigBits: 0x123e4567e89b12d3n, leastSigBits: BigInt.asIntN(64, 0xa456426614174000n) }],
    ],
    [
      'https://acme.org:8443/a?b#c',
      ['java.net.URL', { protocol: 'https', authority: 'acme.org:8443', file: '/a?b', ref: 'c' }],
    ],
    ['/var/log/app.log', ['java.io.File', { path: '/var/log/app.log' }]],
    ['42', ['java.util.concurrent.atomic.AtomicInteger', { value: 42 }]],
    ['true', ['java.util.concurrent.atomic.AtomicBoolean', { value: 1 }]],
    ['"x"', ['java.util.Optional', { value: 'x' }]],
    [
      'acme.Shop.open (Shop.java:17)',
      [
        'java.lang.StackTraceElement',
        { declaringClass: 'acme.Shop', methodName: 'open', fileName: 'Shop.java', lineNumber: 17 },
      ],
    ],
    ['"id" → 2026-07-04', ['java.util.HashMap$Node', { key: 'id', value: DAY }]],
  ])('%s', async (text, value) => {
    expect(await label(value)).toBe(text)
  })

  test('a class of that name with other fields is an ordinary object', async () => {
    expect(await label(['java.util.UUID', { leastSigBits: 17 }])).toBe('plain')
    expect(await label(['java.util.HashMap', { size: 'many' }])).toBe('plain')
  })

  test('a subclass is read by the fields of the class that is known, whatever it adds', async () => {
    const scene = new Scene()
    const map = scene.defineClass('java.util.HashMap', { fields: { table: 'object', size: 'int' } })
    const own = scene.defineClass('acme.Cache', { superclass: map, fields: { size: 'long', table: 'int' } })
    const id = scene.instance(own, { size: 3 })
    scene.keep(id)
    const heap = await analysed(scene.bytes())
    expect(labelOf(heap, heap.snapshot.indexOf(BigInt(id))).kind).toBe('collection')
  })

  test('a map that is its own value ends in a word', async () => {
    const scene = new Scene()
    const node = scene.defineClass('java.util.HashMap$Node', { fields: { key: 'object', value: 'object' } })
    const id = scene.instance(node, {})
    scene.set(id, 'key', scene.string('me'))
    scene.set(id, 'value', id)
    scene.keep(id)
    const heap = await analysed(scene.bytes())
    expect(labelOf(heap, heap.snapshot.indexOf(BigInt(id)))).toEqual({
      kind: 'value',
      text: '"me" → "me" → "me" → HashMap$Node',
    })
  })
})
