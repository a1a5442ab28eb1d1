/** A comparison as one HTML file: no script, no request, links only within the page. */
import type { Change, ComparedSuspect, Comparison } from '@heaptrail/api/compare'
import { comparedText, identityText, pathsText } from '@heaptrail/api/finding-texts/compare-text'
import { bytes } from '@heaptrail/api/finding-texts/heap-words'

type Language = 'en' | 'zh'

const WORDS = {
  en: {
    title: 'Two heap dumps compared',
    used: 'Used heap',
    objects: 'Objects',
    before: 'Before',
    after: 'After',
    suspects: 'Suspects',
    none: 'None in either dump.',
    classes: 'Classes by growth of the retained size',
    packages: 'Packages by growth of the shallow size',
    name: 'Name',
    growth: 'Growth',
    path: 'What keeps it',
    nothing: 'Nothing of it is there.',
    kept: 'In both',
    gone: 'Gone',
    added: 'New',
  },
  zh: {
    title: '两份堆转储的比较',
    used: '已用堆',
    objects: '对象',
    before: '之前',
    after: '之后',
    suspects: '嫌疑',
    none: '两份转储中都没有。',
    classes: '按保留大小增长排列的类',
    packages: '按自身大小增长排列的包',
    name: '名称',
    growth: '增长',
    path: '使其存活的路径',
    nothing: '那里什么也没有。',
    kept: '两边都有',
    gone: '消失',
    added: '新增',
  },
} as const
type Words = (typeof WORDS)[Language]

const STYLE =
  'body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1f26}table{border-collapse:collapse}th,td{padding:.15rem .75rem .15rem 0;text-align:left;border-bottom:1px solid #dde1e7}td.n,th.n{text-align:right;white-space:nowrap}code{overflow-wrap:anywhere}.sides{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}.sides>section{min-width:0}ol{padding-left:1.5rem}@media screen and (prefers-color-scheme:dark){body{color:#dfe3e9;background:#14181d}a{color:#7db4ff}th,td{border-color:#303741}}nav a{margin-right:1rem}'

export function comparisonPage(comparison: Comparison, language: Language): string {
  const words = WORDS[language]
  const { before, after, identity, suspects, classes, packages } = comparison
  const body = [
    `<h1>${words.title}</h1>`,
    `<nav><a href="#suspects">${words.suspects}</a><a href="#classes">${words.classes}</a><a href="#packages">${words.packages}</a></nav>`,
    `<p>${words.used}: ${bytes(before.usedHeap)} → ${bytes(after.usedHeap)}. ${words.objects}: ${before.objects.toLocaleString('en')} → ${after.objects.toLocaleString('en')}.</p>`,
    `<h2 id="suspects">${words.suspects}</h2>`,
    suspects.length === 0
      ? `<p>${words.none}</p>`
      : suspects.map((suspect) => story(suspect, language, words)).join(''),
    `<h2 id="classes">${words.classes}</h2>`,
    `<p>${escaped(identityText(identity, language))}</p>`,
    table(classes, words, (row) => [row.retainedBefore, row.retainedAfter]),
    `<h2 id="packages">${words.packages}</h2>`,
    table(packages, words, (row) => [row.shallowBefore, row.shallowAfter]),
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${words.title}</title><style>${STYLE}</style></head><body>${body.join('\n')}</body></html>\n`
}

function story(suspect: ComparedSuspect, language: Language, words: Words): string {
  const { title, explanation } = comparedText(suspect, language)
  const sides = [sideOf(words.before, suspect.before, words), sideOf(words.after, suspect.after, words)]
  const text = `${marked(explanation)} ${escaped(pathsText(suspect, language))}`
  return `<article><h3>${marked(title)}</h3><p>${text}</p><div class="sides">${sides.join('')}</div></article>`
}

function sideOf(title: string, side: ComparedSuspect['before'], words: Words): string {
  const head = `<h4>${title}: ${bytes(side.bytes)}</h4>`
  if (side.path.length === 0) return `<section>${head}<p>${words.nothing}</p></section>`
  const signature = `<p><code>${side.pathSignature.map(escaped).join(' → ')}</code></p>`
  return `<section>${head}${signature}${pathOf(words.path, side.path)}</section>`
}

function pathOf(title: string, path: ComparedSuspect['before']['path']): string {
  const steps = path.map(({ object, edges }) => {
    const name = object.label.kind === 'class' ? `class ${object.label.name}` : object.className
    const edge = edges.map((reference) => reference.name).join(', ')
    return `<li>${edge === '' ? '' : `<b>${escaped(edge)}</b> · `}<code>${escaped(name)}</code></li>`
  })
  return `<details open><summary>${title}</summary><ol>${steps.join('')}</ol></details>`
}

function table(rows: readonly Change[], words: Words, sizes: (row: Change) => readonly [number, number]): string {
  const isKept = rows.some(({ kept }) => kept !== null)
  const titles = [words.before, words.after, words.growth, ...(isKept ? [words.kept, words.gone, words.added] : [])]
  const head = `<tr>${titles.map((title) => `<th class="n">${title}</th>`).join('')}<th>${words.name}</th></tr>`
  const body = rows.map((row) => {
    const [before, after] = sizes(row)
    const growth = `${after >= before ? '+' : '−'}${bytes(Math.abs(after - before))}`
    const cells = [bytes(before), bytes(after), growth, ...keptCells(row)]
    return `<tr>${cells.map((text) => `<td class="n">${text}</td>`).join('')}<td><code>${escaped(row.name)}</code></td></tr>`
  })
  return `<table><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table>`
}

function keptCells({ kept, objectsBefore, objectsAfter }: Change): string[] {
  if (kept === null) return []
  return [kept, objectsBefore - kept, objectsAfter - kept].map((objects) => objects.toLocaleString('en'))
}

/** Names from a dump are as hostile as the dump. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Backquotes mark names. */
function marked(text: string): string {
  return escaped(text)
    .split('`')
    .map((part, place) => (place % 2 === 0 ? part : `<code>${part}</code>`))
    .join('')
}
