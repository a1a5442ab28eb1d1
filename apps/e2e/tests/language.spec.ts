import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { type ViewName, demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { onePage } from '../harness/one-page.ts'
import { goto } from '../harness/page.ts'
import { ROOT } from '../harness/server-process.ts'

const VIEWS: readonly ViewName[] = ['home', 'case', 'gc', 'overview', 'histogram', 'objects', 'dominators', 'object']
const MORE_VIEWS: readonly ViewName[] = [
  'timeline',
  'gcOver',
  'classGrowth',
  'besideDump',
  'top',
  'class',
  'incoming',
  'outgoing',
  'retained',
  'paths',
  'netty',
  'suspects',
  'treemap',
  'threads',
  'roots',
  'loaders',
  'duplicateClasses',
  'properties',
  'unreachable',
  'mergedPaths',
  'retainedSet',
  'dominatorsOf',
  'owners',
  'waste',
  'wasteHolders',
  'histogramPackages',
  'pathsGraph',
  'nettyChunks',
  'nettyBuffers',
  'nettyConnections',
  'nowhere',
  'gone',
]

/** Classes, fields, kinds of GC roots and what Netty is made of have the same names in every language. */
const NAMES = new Set(['Thread', 'Object', 'daemon', 'Chunk'])

test.use({ locale: 'zh-CN' })
const opened = onePage({ locale: 'zh-CN' })

for (const view of [...VIEWS, ...MORE_VIEWS]) {
  test(`${view} is in Chinese, with no text left out`, async ({ demo }) => {
    const page = opened()
    const english = await catalogue('en')
    const chinese = await catalogue('zh-CN')
    const untranslated = new Set(
      [...english].filter(([key, text]) => chinese.get(key) !== text && !NAMES.has(text)).map(([, text]) => text),
    )
    await goto(page, demoPlaces(demo)[view])
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    const texts = await shownTexts(page)
    expect(texts.some((text) => /\p{Script=Han}/u.test(text))).toBe(true)
    expect(
      texts.filter((text) => english.has(text)),
      'keys shown instead of texts',
    ).toEqual([])
    expect(
      texts.filter((text) => untranslated.has(text)),
      'English texts',
    ).toEqual([])
    expect(
      texts.filter((text) => /\d bytes?\b/.test(text)),
      'exact sizes',
    ).toEqual([])
  })
}

test('the language is chosen with one button, and stays', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).histogram)
  await page.getByRole('button', { name: 'Switch to English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('columnheader', { name: 'Retained' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Retained' })).toBeVisible()
})

/** Key → text of a language, as the web app keeps it. */
async function catalogue(language: string): Promise<Map<string, string>> {
  const text = await readFile(path.join(ROOT, `apps/web/src/i18n/${language}.json`), 'utf8')
  return new Map(flatten(JSON.parse(text) as Texts, ''))
}

interface Texts {
  readonly [key: string]: string | Texts
}

function flatten(texts: Texts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[prefix + key, text] as [string, string]] : flatten(text, `${prefix}${key}.`),
  )
}

/** All that is written on the page, and all names that only screen readers and tooltips say. */
function shownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // Names of classes stand in <b>: `Object` is one, and English words as a text. Names with <wbr> break at their words.
      const parent = node.parentElement
      if (parent?.closest('script, style, b') !== null) continue
      texts.push((parent.querySelector(':scope > wbr') === null ? node : parent).textContent ?? '')
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-description']) {
      for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name) ?? '')
    }
    return texts.map((text) => text.trim()).filter((text) => text !== '')
  })
}
