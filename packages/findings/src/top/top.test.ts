import { findingText } from '@heaptrail/api/finding-texts/text'
import { Finding } from '@heaptrail/api/findings'
import { readLog } from '@heaptrail/fixtures/logs'
import type { TopOutput } from '@heaptrail/jvm-text/top/output'
import { parseTop } from '@heaptrail/jvm-text/top/parse'
import { expect, test } from 'vitest'
import { gcThreadsBusy } from './gc-threads.ts'
import { processMemory } from './process-memory.ts'

function parse(input: string | Uint8Array): TopOutput {
  const result = parseTop(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  if (result.kind === 'not-top') throw new Error(result.message)
  return result
}

const story = parse(readLog('story-top.txt'))

test('memory of a process is told beside the committed heap, and not compared with anything else', () => {
  const process = story.processes[0]!
  const alone = Finding.parse(processMemory(story, process, undefined))
  const { title, explanation } = findingText(alone, 'en')
  expect(title).toBe('Process 13205 has 3.3 GiB in memory')
  expect(explanation).toContain('How much of it is heap is not known')
  const beside = Finding.parse(processMemory(story, process, [3 * 2 ** 30]))
  expect(findingText(beside, 'en').explanation).toMatch(
    /^3 GiB of it is committed for the heap\. The rest, 30\d(\.\d+)? MiB,/,
  )
  const untouched = Finding.parse(processMemory(story, process, [4 * 2 ** 30]))
  expect(findingText(untouched, 'zh').explanation).toContain('从未被访问过')
})

const HEAD = 'top - 10:00:00 up 1 day\nThreads: 3 total\n\n  PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n'
const thread = (id: number, cpu: number, name: string) =>
  `${id} app 20 0 8120m 3.3g 10m R ${cpu} 10.0 1:00.00 ${name}\n`

test('threads of the collector that use most of the processor are found', () => {
  const busy = HEAD + thread(11, 80, 'GC Thread#0') + thread(12, 75, 'GC Thread#1') + thread(13, 9, 'http-nio-1')
  const finding = Finding.parse(gcThreadsBusy(parse(busy)))
  expect(finding).toMatchObject({
    parameters: { threads: 2, cpuPercent: 155, cpuOfAll: 164 },
    evidence: { fromRow: 1 },
  })
  const calm = HEAD + thread(11, 10, 'GC Thread#0') + thread(13, 90, 'http-nio-1')
  expect(gcThreadsBusy(parse(calm))).toBeUndefined()
  expect(gcThreadsBusy(story)).toBeUndefined()
})
