import { readLog } from '@heaptrail/fixtures/logs'
import { expect, test } from 'vitest'
import { tellTextKind } from './kind.ts'

test.each([
  ['leaky-17-serial.log', 'jstat-log'],
  ['leaky-17-t.log', 'jstat-log'],
  ['jdk6-prompt.txt', 'jstat-log'],
  ['grep-prefixed.txt', 'jstat-log'],
  ['g1-17-arabic.txt', 'jstat-log'],
  ['option-gc.txt', 'jstat-log'],
  ['option-gccause.txt', 'jstat-log'],
  ['option-class.txt', 'jstat-log'],
  ['story-jmap-histo.txt', 'class-histogram'],
  ['story-top.txt', 'top-output'],
] as const)('%s is a %s', (name, kind) => {
  expect(tellTextKind(readLog(name))).toBe(kind)
})

test.each([
  ['prose', 'The service is slow since Monday.'],
  ['nothing', ''],
  ['half a header', '  S0     S1     E      O '],
  ['an error of jstat', '4711 not found'],
])('%s is unknown', (_, text) => {
  expect(tellTextKind(new TextEncoder().encode(text))).toBe('unknown')
})

test('a report that quotes several tools is read for its jstat log', () => {
  const report = ['story-top.txt', 'jdk6-prompt.txt', 'story-jmap-histo.txt'].map((name) =>
    new TextDecoder().decode(readLog(name)),
  )
  expect(tellTextKind(new TextEncoder().encode(report.join('\n\n')))).toBe('jstat-log')
})

test('top in its new form is known by its first line', () => {
  expect(tellTextKind(new TextEncoder().encode('top - 00:28:13 up 21 min,  0 user,  load average: 6.44'))).toBe(
    'top-output',
  )
})
