/** The sentences about what became of a suspect. */
import type { ComparedSuspect, Identity, SuspectFate } from '../compare.ts'
import { count } from './figures.ts'
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

/** Whether the fields on both paths are the same; empty when one side has none. */
export function pathsText({ before, after }: ComparedSuspect, language: FindingLanguage): string {
  if (before.pathSignature.length === 0 || after.pathSignature.length === 0) return ''
  const isSame = before.pathSignature.join() === after.pathSignature.join()
  if (language === 'zh') return isSame ? '两边的路径相同。' : '两边的路径不同。'
  return isSame ? 'The path is the same on both sides.' : 'The path is another one now.'
}

/** Whether objects of the two dumps can be told apart by their ids, and by what that is known. */
export function identityText(identity: Identity, language: FindingLanguage): string {
  const { verdict, certain, witnesses, stayed, byChance } = identity
  const figures = { stayed: count(stayed), all: count(witnesses), chance: count(byChance) }
  if (language === 'zh') return ZH_IDENTITY[verdict](figures, certain)
  return EN_IDENTITY[verdict](figures, certain)
}

interface Figures {
  readonly stayed: string
  readonly all: string
  readonly chance: string
}
type IdentityTexts = Readonly<Record<Identity['verdict'], (figures: Figures, certain: boolean) => string>>

const EN_IDENTITY: IdentityTexts = {
  kept: ({ stayed, all, chance }, certain) =>
    `${certain ? 'Both dumps are of one process' : 'Both dumps are most likely of one process'}, and ${stayed} of the ${all} classes in both lie where they lay: an object with the same id and class is taken for the same object${chance === '0' ? '' : ` (of those about ${chance} by chance)`}; what was moved all the same counts as gone and new.`,
  moved: ({ stayed, all }) =>
    `Both dumps are of one process, but its collector has moved objects in between (${stayed} of the ${all} classes in both lie where they lay): ids cannot be compared, and nothing is said of single objects.`,
  'other-process': () =>
    'The dumps are of two processes: their ids have nothing to do with each other, and nothing is said of single objects.',
  unknown: ({ stayed, all }) =>
    `The dumps are of two processes, or of one whose objects were moved (${stayed} of the ${all} classes in both lie at the same address): ids cannot be compared, and nothing is said of single objects.`,
}

const ZH_IDENTITY: IdentityTexts = {
  kept: ({ stayed, all, chance }, certain) =>
    `两份转储${certain ? '' : '很可能'}来自同一个进程，两边都有的 ${all} 个类中有 ${stayed} 个仍在原处：标识和类都相同的对象视为同一个对象${chance === '0' ? '' : `（其中约 ${chance} 个可能是巧合）`}；仍被移动过的对象算作消失和新增。`,
  moved: ({ stayed, all }) =>
    `两份转储来自同一个进程，但其间收集器移动了对象（两边都有的 ${all} 个类中只有 ${stayed} 个仍在原处）：标识无法比较，因此不说明单个对象的去留。`,
  'other-process': () => '两份转储来自两个进程：它们的标识互不相干，因此不说明单个对象的去留。',
  unknown: ({ stayed, all }) =>
    `两份转储来自两个进程，或来自对象被移动过的同一个进程（两边都有的 ${all} 个类中有 ${stayed} 个地址相同）：标识无法比较，因此不说明单个对象的去留。`,
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
