/** The sentences about what became of a suspect. */
import type { ComparedSuspect, SuspectFate } from '../compare.ts'
import { bytes, short } from './heap-words.ts'
import type { FindingLanguage } from './catalogue.ts'

export interface ComparedText {
  readonly title: string
  readonly explanation: string
}

export function comparedText(suspect: ComparedSuspect, language: FindingLanguage): ComparedText {
  const { fate, name, items } = suspect
  const before = bytes(suspect.before.bytes)
  const after = bytes(suspect.after.bytes)
  const simple = `\`${name.replace(/^[\w.]*\.(?=[A-Z])/, '')}\``
  const what = items === null ? '' : short(items)
  if (language === 'zh') {
    const held = what === '' ? '占用' : `${what} 占用`
    const moved = suspect.movedTo === null ? '' : `同样的对象现在由 \`${suspect.movedTo}\` 持有。`
    return { title: `${ZH[fate]}：${simple}`, explanation: `${held}：之前 ${before}，之后 ${after}。${moved}` }
  }
  const mostly = what === '' ? '' : `, mostly ${what}`
  const moved = suspect.movedTo === null ? '' : ` As much of the same is held by \`${suspect.movedTo}\` now.`
  return {
    title: `${EN[fate]}: ${simple}`,
    explanation: `It held ${before} before and ${after} after${mostly}.${moved}`,
  }
}

const EN: Readonly<Record<SuspectFate, string>> = {
  fixed: 'Fixed',
  smaller: 'Smaller, but still there',
  'not-fixed': 'Not fixed',
  grown: 'Grown',
  moved: 'Moved',
  new: 'New leak',
}

const ZH: Readonly<Record<SuspectFate, string>> = {
  fixed: '已修复',
  smaller: '变小了，但仍在',
  'not-fixed': '未修复',
  grown: '增长了',
  moved: '转移了',
  new: '新的泄漏',
}
