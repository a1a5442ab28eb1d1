/** Whatever server and engine may say to a person has a Chinese form. */
import { describe, expect, test } from 'vitest'
import chinese from './server.zh-CN.json' with { type: 'json' }
import { HOLE, translator } from './server-sentences.ts'
import { sourceTexts } from './testing/source-texts.ts'

const forms = new Map(Object.values(chinese).flatMap((group) => Object.entries<string>(group)))
const inChinese = translator(chinese)

describe('the forms', () => {
  const texts = sourceTexts()
  const without = (form: string) => form.replaceAll(HOLE, '{}').trim()

  test('every sentence of server and engine has one', () => {
    const known = new Set([...forms.keys()].map(without))
    const sentences = texts.filter(({ isSentence }) => isSentence)
    expect(sentences.length).toBeGreaterThan(150)
    expect(sentences.filter(({ text }) => !known.has(text.trim()))).toEqual([])
  })

  test('none stands there for a sentence that nobody says any more', () => {
    const said = texts.map(({ text }) => text).join('\n')
    const pieces = (form: string) => form.split(/\{[a-z]+\}/).filter((piece) => /[a-z]{2}/.test(piece))
    expect([...forms.keys()].filter((form) => !pieces(form).every((piece) => isSaid(said, piece)))).toEqual([])
  })

  test('say the same figures', () => {
    const holes = (text: string) => [...text.matchAll(HOLE)].map(([, name]) => name ?? '').toSorted()
    for (const [english, text] of forms) expect(holes(text), english).toEqual(holes(english))
  })

  test('are Chinese', () => {
    expect([...forms.values()].filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([])
  })
})

/** Words that are counted (`3 objects`) stand in the code without their number, and mostly in the singular. */
function isSaid(said: string, piece: string): boolean {
  const words = piece.trim()
  return said.includes(words) || said.includes(words.replace(/^1 /, '').replace(/(?:(ss)e)?s$/, '$1'))
}

test.each([
  ['There is no object 0x7f0012 in this dump.', '此转储中没有对象 0x7f0012。'],
  [
    'The file is damaged at byte 48812: the record there (type 0x99) is not part of the format. 17 bytes there were stepped over.',
    '文件在第 48812 字节处损坏：该处的记录（类型 0x99）不属于此格式。那里的 17 字节已跳过。',
  ],
  [
    'The file ends at byte 120, in the middle of its heap: it was still being written, or its copy broke off. No object could be read: copy the file again, in binary mode, or take the dump again.',
    '文件在第 120 字节处结束，还在堆的中间：它当时还在写入，或复制中断了。没有读到任何对象：请以二进制方式重新复制文件，或重新生成转储。',
  ],
  [
    'GC roots were lost with the part of the heap that could not be read (found: 3). Taken for roots instead: 2 classes of the boot loader, and objects that nothing else reaches (type Unreachable). Which threads there were, and what they held, cannot be told.',
    'GC 根随无法读取的那部分堆一起丢失了（找到 3 个）。改以下列对象为根：启动类加载器的 2 个类，以及没有其他对象可到达的对象（类型 Unreachable）。无法得知当时有哪些线程，以及它们持有什么。',
  ],
  ['This artifact is a jstat log, not a heap dump.', '此证据是jstat 日志，而不是堆转储。'],
  [
    'Its analysis failed: There is not enough memory to analyse this dump. Close other programs or give the machine more memory, and try again.',
    '其分析失败：内存不足，无法分析此转储。请关闭其他程序或给机器更多内存，然后重试。',
  ],
  ['There is no class a.b(c)*+ of 3 objects in this dump.', '此转储中没有类 a.b(c)*+ of 3 objects。'],
])('%s', (english, text) => expect(inChinese(english)).toBe(text))

test('what nobody knows stays as it is', () => {
  for (const text of ['', 'Something of a later server.', `There is no class ${'x'.repeat(5000)} in this dump.`])
    expect(inChinese(text)).toBe(text)
})

test('names may hold anything', () => {
  const name = 'a.b: c. D (e) '.repeat(100)
  expect(inChinese(`There is no field ${name}. There are: ${name}.`)).toContain('没有字段')
})
