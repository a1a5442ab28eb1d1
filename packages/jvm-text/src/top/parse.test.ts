import { readLog } from '@heaptrail/fixtures/logs'
import { describe, expect, test } from 'vitest'
import type { TopOutput } from './output.ts'
import { parseTop } from './parse.ts'

const MIB = 2 ** 20

function parse(input: string | Uint8Array): TopOutput {
  const result = parseTop(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-top') throw new Error(result.message)
  return result
}

test('batch mode: three samples with their times, the processes of Java first', () => {
  const output = parse(readLog('top-three-samples.txt'))
  const time = (hours: number, minutes: number, seconds: number): number =>
    ((hours * 60 + minutes) * 60 + seconds) * 1000
  expect(output.samples.map(({ timeOfDay, threads, rows }) => [timeOfDay, threads, rows.length])).toEqual([
    [time(0, 26, 24), false, 9],
    [time(0, 26, 25), false, 9],
    [time(0, 26, 26), false, 9],
  ])
  expect(output.samples[0]?.memoryBytes.total).toBe(Math.round(24_105.6 * MIB))
  expect(output.skippedTotal).toBe(0)
  expect(output.processes.slice(0, 3).map(({ pid, command, isJava }) => [pid, command, isJava])).toEqual([
    [18_164, 'java', true],
    [18_168, 'java', true],
    [1, 'systemd', false],
  ])
  const [service] = output.processes
  expect([...service!.cpuPercent]).toEqual([100, 99, 99])
  expect([...service!.residentBytes]).toEqual([395_016, 395_016, 395_016].map((kib) => kib * 1024))
  expect(service!.virtualBytes[0]).toBe(2_868_236 * 1024)
  expect(output.samples[0]?.rows[0]).toMatchObject({ line: 8, cpuSeconds: 26.97, memoryPercent: 1.6, user: 'root' })
})

test('the old form, without its first line: sizes in units, arguments in the command', () => {
  const output = parse(readLog('story-top.txt'))
  expect(output.samples).toMatchObject([{ timeOfDay: undefined, memoryBytes: { total: 32_850_724 * 1024 } }])
  expect(output.processes).toMatchObject([
    { pid: 13_205, command: 'java -XX:...', isJava: true },
    { pid: 5591, isJava: true },
  ])
  const { residentBytes, virtualBytes, cpuPercent } = output.processes[0]!
  expect([virtualBytes[0], residentBytes[0], cpuPercent[0]]).toEqual([8120 * MIB, Math.round(3.3 * 1024 * MIB), 120.7])
  expect(output.samples[0]?.rows[0]?.cpuSeconds).toBe(5890 * 60 + 33)
})

test('threads: their process is found by what they share, and is one of Java by the names of its threads', () => {
  const output = parse(readLog('top-threads.txt'))
  expect(output.samples).toMatchObject([{ threads: true }])
  expect(output.samples[0]?.rows).toHaveLength(24)
  expect(output.processes).toMatchObject([{ pid: 18_164, isJava: true, user: 'root' }])
  expect(output.processes[0]?.cpuPercent[0]).toBeCloseTo(193.7)
})

describe('what people paste', () => {
  test.each([
    [
      'busybox, as in small containers',
      'Mem: 3211776K used, 882016K free, 0K shrd, 88052K buff, 14371656K cached\nCPU:  22% usr   5% sys   0% nic  71% idle\nLoad average: 0.50 0.30 0.20 1/254 77\n  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n    1     0 root     S    8120m  10%   3  12% java -jar /app.jar\n',
      { pid: 1, virtual: 8120 * MIB, resident: Number.NaN, cpu: 12 },
    ],
    [
      'htop',
      '  PID USER      PRI  NI  VIRT   RES   SHR S CPU% MEM%   TIME+  Command\n 4711 app        20   0 10.1G 2048M 18000 S 99.5 10.7  3h02:11 /opt/jdk/bin/java -Xmx2g\n',
      { pid: 4711, virtual: Math.round(10.1 * 1024 * MIB), resident: 2048 * MIB, cpu: 99.5 },
    ],
    [
      'decimal commas and sizes that do not fit',
      'PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n77 app 20 0 0,117t 3,3g 18m S 120,7 10,7 5890:33 java\n',
      { pid: 77, virtual: Math.round(0.117 * 2 ** 40), resident: Math.round(3.3 * 2 ** 30), cpu: 120.7 },
    ],
    [
      'copied from a terminal, with its control sequences',
      '\u001b[7m  PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND   \u001b(B\u001b[m\u001b[39;49m\n\u001b(B\u001b[m\u001b[1m 77 app 20 0 117000 3300 18 S 12.7 10.7 5:33.10 java \u001b(B\u001b[m\n',
      { pid: 77, virtual: 117_000 * 1024, resident: 3300 * 1024, cpu: 12.7 },
    ],
    [
      'a quotation',
      '> PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n> 77 app 20 0 117000 3300 18 S 12.7 10.7 5:33.10 java\n',
      { pid: 77, virtual: 117_000 * 1024, resident: 3300 * 1024, cpu: 12.7 },
    ],
  ])('%s', (_, text, expected) => {
    const { processes, skippedTotal } = parse(text)
    expect(skippedTotal).toBe(0)
    expect(processes).toHaveLength(1)
    const { pid, isJava, virtualBytes, residentBytes, cpuPercent } = processes[0]!
    expect([pid, isJava]).toEqual([expected.pid, true])
    expect([virtualBytes[0], residentBytes[0], cpuPercent[0]]).toEqual([
      expected.virtual,
      expected.resident,
      expected.cpu,
    ])
  })

  test('a row that is cut off, and text around it, are skipped with a reason', () => {
    const { samples, skipped } = parse(
      `$ top\n${new TextDecoder().decode(readLog('story-top.txt'))} 77 root 20 0 81\nbye\n`,
    )
    expect(samples[0]?.rows).toHaveLength(2)
    expect(skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'no process: a prompt, a message or other text'],
      [10, 'cut off: 5 of 12 columns'],
      [11, 'no process: a prompt, a message or other text'],
    ])
  })
})

test.each([
  ['nothing', '', 'The file is empty.'],
  ['prose', 'The service is slow.', 'There are none.'],
  ['titles alone', 'PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n', 'no complete row below them'],
  [
    'ps',
    'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nroot 1 0.0 0.1 100 10 ? S 10:00 0:01 java\n',
    'There are none.',
  ],
])('%s is refused with a sentence', (_, input, sentence) => {
  const result = parseTop(new TextEncoder().encode(input))
  expect(result).toMatchObject({ kind: 'not-top', message: expect.stringContaining(sentence) as string })
})
