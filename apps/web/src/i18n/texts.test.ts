/** Every text that the page asks for exists, in both languages, and none stands there for nobody. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import zh from './zh-CN.json' with { type: 'json' }

interface Texts {
  readonly [name: string]: string | Texts
}

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + name, value)
    else for (const [key, text] of flatten(value, `${prefix}${name}.`)) flat.set(key, text)
  }
  return flat
}

const english = flatten(en)
const chinese = flatten(zh)
/** Forms of a plural are one text. */
const base = (key: string) => key.replace(/_(one|other)$/, '')
const known = new Set([...english.keys()].map(base))

const source = path.resolve(import.meta.dirname, '..')
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
  .map((file) => readFileSync(path.join(source, file), 'utf8'))
  .join('\n')

/** Strings of the code that look like keys: `'a.b'`, and `` `a.${x}` `` as its part before the hole. */
const asked = new Set([...code.matchAll(/'([a-zA-Z]+(?:\.[A-Za-z0-9-]+)*)'/g)].map((match) => match[1] ?? ''))
const askedPrefixes = [...code.matchAll(/\bt\(\s*`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '')
const calls = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '')

test('every key in the code has a text', () => {
  expect(calls.length).toBeGreaterThan(200)
  expect(calls.filter((key) => !known.has(key))).toEqual([])
  expect(askedPrefixes.filter((prefix) => ![...known].some((key) => key.startsWith(prefix)))).toEqual([])
})

test('no text is unused', () => {
  const used = (key: string) => asked.has(key) || askedPrefixes.some((prefix) => key.startsWith(prefix))
  expect([...known].filter((key) => !used(key))).toEqual([])
})

test('Chinese has every text, and nothing else; it has one form where English has two', () => {
  expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].filter((key) => !key.endsWith('_one')).toSorted())
})

test('both languages fill in the same values', () => {
  const holes = (text: string) =>
    [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))].toSorted()
  for (const [key, text] of chinese) {
    // The number itself may go unsaid in one form.
    const without = (names: string[]) => names.filter((name) => name !== 'count')
    expect(without(holes(text)), key).toEqual(without(holes(english.get(key) ?? '')))
  }
})

test('Chinese texts are Chinese', () => {
  const same = [...chinese].filter(([key, text]) => text === english.get(key) && /[a-z]{3}/i.test(text))
  expect(same.map(([key]) => key)).toEqual([
    'view.netty',
    'gc.series.E',
    'reading.maxHeap',
    'reading.young',
    'top.series.RES',
    'top.series.VIRT',
    'top.series.CPU',
    'top.column.nid',
  ])
})
