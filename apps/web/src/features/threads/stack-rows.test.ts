import { expect, test } from 'vitest'
import type { HeapObject } from '@heaptrail/api/heap'
import type { HeldLocal, ThreadStack } from '@heaptrail/api/heap-threads'
import { indexOfHeld, stackRows, stackText } from './stack-rows.ts'

function object(id: string): HeapObject {
  return {
    id,
    kind: 'instance',
    classId: '0x1',
    className: 'acme.Box',
    label: { kind: 'plain' },
    shallow: 16,
    retained: 16,
    own: false,
    reachable: true,
    rootTypes: [],
  }
}
const held = (id: string): HeldLocal => ({ type: 'Java Local', object: object(id) })

const STACK: ThreadStack = {
  thread: {
    object: object('0x10'),
    name: 'worker',
    virtual: false,
    live: true,
    state: 'TIMED_WAITING',
    wait: 'sleeping',
    daemon: true,
    priority: 5,
    number: 17,
    group: 'main',
    frames: 4,
    frame: null,
    locals: { objects: 2, mostRetained: 16 },
    blocker: null,
    owner: null,
  },
  contextClassLoader: null,
  task: null,
  carrier: null,
  frames: [
    { text: 'java.lang.Thread.sleep(Native Method)', own: false, locals: [], localsOmitted: 0 },
    { text: 'acme.Shop.run(Shop.java:3)', own: true, locals: [held('0x20'), held('0x21')], localsOmitted: 5 },
  ],
  framesOmitted: 2,
  others: [held('0x30')],
  othersOmitted: 0,
}

test('what a frame holds stands below it; what has no frame comes last', () => {
  const rows = stackRows(STACK, true)
  expect(rows.map(({ kind }) => kind)).toEqual([
    'frame',
    'frame',
    'held',
    'held',
    'omitted',
    'omitted',
    'others',
    'held',
  ])
  expect(rows[1]).toMatchObject({ locals: 7 })
  expect([indexOfHeld(rows, '0x21'), indexOfHeld(rows, '0x10')]).toEqual([3, -1])
})

test('the thread itself is not looked for in its stack, which would be scrolled to its end', () => {
  const [frame] = STACK.frames
  const own = {
    ...STACK,
    frames: [{ ...frame, text: 'acme.Main.main(Main.java:1)', own: true, locals: [held('0x10')], localsOmitted: 0 }],
  }
  expect(stackRows(own, true)[1]).toMatchObject({ kind: 'held', itself: true })
  expect(indexOfHeld(stackRows(own, true), '0x10')).toBe(-1)
})

test('without what frames hold, the frames alone are left', () => {
  expect(stackRows(STACK, false).map(({ kind }) => kind)).toEqual(['frame', 'frame', 'omitted', 'others'])
})

test('the text of a stack is what jstack would print', () => {
  expect(stackText(STACK)).toBe(
    [
      '"worker" #17 daemon prio=5 object=0x10',
      '   java.lang.Thread.State: TIMED_WAITING (sleeping)',
      '\tat java.lang.Thread.sleep(Native Method)',
      '\tat acme.Shop.run(Shop.java:3)',
      '\t... 2 more',
      '',
    ].join('\n'),
  )
})
