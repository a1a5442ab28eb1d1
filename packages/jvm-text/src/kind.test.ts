import { readLog } from '@heaptrail/fixtures/logs'
import { expect, test } from 'vitest'
import { tellTextKind, tellTextKinds } from './kind.ts'

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

test('a report in Markdown holds several kinds, each certain', () => {
  const parts = ['story-top.txt', 'jdk6-prompt.txt', 'story-jmap-histo.txt'].map(
    (name) => `### What we saw\n\n\`\`\`\n${new TextDecoder().decode(readLog(name))}\`\`\`\n`,
  )
  expect(tellTextKinds(new TextEncoder().encode(parts.join('\n')))).toEqual([
    { kind: 'top-output', confidence: 'certain', line: 9 },
    { kind: 'jstat-log', confidence: 'certain', line: 18 },
    { kind: 'class-histogram', confidence: 'certain', line: 34 },
  ])
})

test.each([
  ['a header alone', 'S0 S1 E O P YGC YGCT FGC FGCT GCT\n', 'jstat-log'],
  [
    'rows without their header',
    '  0.00 100.00 100.00  99.98  60.00  33453  712.862 25876 24241.376 24954.239\n',
    'jstat-log',
  ],
  ['rows of a histogram', '1: 3 72 [B\n2: 2 48 java.lang.String\n3: 1 16 [I\n', 'class-histogram'],
  ['titles of top', 'PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n', 'top-output'],
])('%s: only likely', (_, text, kind) => {
  expect(tellTextKinds(new TextEncoder().encode(text))).toEqual([
    { kind, confidence: 'likely', line: expect.any(Number) as number },
  ])
})
