/** A comparison as one HTML file: no script, no request, links only within the page. */
import type { Change, ComparedSuspect, Comparison } from '@heaptrail/api/compare'
import { comparedText } from '@heaptrail/api/finding-texts/compare-text'
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
    path: 'What kept it alive',
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
  },
} as const
type Words = (typeof WORDS)[Language]

const STYLE =
  'body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1f26}table{border-collapse:collapse}th,td{padding:.15rem .75rem .15rem 0;text-align:left;border-bottom:1px solid #dde1e7}td.n,th.n{text-align:right;white-space:nowrap}code{overflow-wrap:anywhere}nav a{margin-right:1rem}'

export function comparisonPage(comparison: Comparison, language: Language): string {
  const words = WORDS[language]
  const { before, after, suspects, classes, packages } = comparison
  const body = [
    `<h1>${words.title}</h1>`,
    `<nav><a href="#suspects">${words.suspects}</a><a href="#classes">${words.classes}</a><a href="#packages">${words.packages}</a></nav>`,
    `<p>${words.used}: ${bytes(before.usedHeap)} → ${bytes(after.usedHeap)}. ${words.objects}: ${before.objects.toLocaleString('en')} → ${after.objects.toLocaleString('en')}.</p>`,
    `<h2 id="suspects">${words.suspects}</h2>`,
    suspects.length === 0
      ? `<p>${words.none}</p>`
      : suspects.map((suspect) => story(suspect, language, words)).join(''),
    `<h2 id="classes">${words.classes}</h2>`,
    table(classes, words, (row) => [row.retainedBefore, row.retainedAfter]),
    `<h2 id="packages">${words.packages}</h2>`,
    table(packages, words, (row) => [row.shallowBefore, row.shallowAfter]),
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${words.title}</title><style>${STYLE}</style></head><body>${body.join('\n')}</body></html>\n`
}

function story(suspect: ComparedSuspect, language: Language, words: Words): string {
  const { title, explanation } = comparedText(suspect, language)
  const paths = [
    pathOf(`${words.path} (${words.before})`, suspect.before.path),
    pathOf(`${words.path} (${words.after})`, suspect.after.path),
  ]
  return `<article><h3>${marked(title)}</h3><p>${marked(explanation)}</p>${paths.join('')}</article>`
}

function pathOf(title: string, path: ComparedSuspect['before']['path']): string {
  if (path.length === 0) return ''
  const steps = path.map(({ object, edges }) => {
    const name = object.label.kind === 'class' ? `class ${object.label.name}` : object.className
    const edge = edges.map((reference) => reference.name).join(', ')
    return `<li>${edge === '' ? '' : `<b>${escaped(edge)}</b> · `}<code>${escaped(name)}</code></li>`
  })
  return `<details><summary>${title}</summary><ol>${steps.join('')}</ol></details>`
}

function table(rows: readonly Change[], words: Words, sizes: (row: Change) => readonly [number, number]): string {
  const head = `<tr><th class="n">${words.before}</th><th class="n">${words.after}</th><th class="n">${words.growth}</th><th>${words.name}</th></tr>`
  const body = rows.map((row) => {
    const [before, after] = sizes(row)
    const growth = `${after >= before ? '+' : '−'}${bytes(Math.abs(after - before))}`
    return `<tr><td class="n">${bytes(before)}</td><td class="n">${bytes(after)}</td><td class="n">${growth}</td><td><code>${escaped(row.name)}</code></td></tr>`
  })
  return `<table><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table>`
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
