/**
 * The main views of the demo case look as in the pictures of `apps/e2e/looks`, in both themes. Letters are drawn otherwise
 * by other fonts and another Chromium, so there nothing is compared. `npm run looks -w apps/e2e` takes new pictures: look
 * at each before it is committed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { DemoCase } from '../harness/demo-case.ts'
import { type ViewName, demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, main } from '../harness/page.ts'

const VIEWS: readonly ViewName[] = [
  'home',
  'case',
  'gc',
  'overview',
  'suspects',
  'histogram',
  'dominators',
  'icicle',
  'treemap',
  'object',
  'paths',
  'threads',
  'netty',
]
const MACHINE = 'machine.txt'
/** Of 324,000: a letter, not a word. */
const OTHER_PIXELS = 25

// A quarter of the pixels: the pictures stay small, and show every word that moves.
test.use({ isAlone: true, deviceScaleFactor: 0.5, contextOptions: { reducedMotion: 'reduce' } })

test('the main views look as they did, in both themes', async ({ page, demo, browser }, info) => {
  await goto(page, '/')
  const machine = `Chromium ${browser.version()}\n${await fontsOf(page)}`
  const known = info.snapshotPath(MACHINE)
  if (info.config.updateSnapshots === 'all') {
    await mkdir(path.dirname(known), { recursive: true })
    await writeFile(known, machine)
  }
  test.skip((await readFile(known, 'utf8')) !== machine, 'the pictures were taken with other fonts or another Chromium')
  for (const view of VIEWS) {
    await goto(page, placeOf(view, demo))
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      const mask = [...changing(page, view)]
      await expect.soft(page).toHaveScreenshot(`${view}-${colorScheme}.png`, {
        maxDiffPixels: OTHER_PIXELS,
        scale: 'device',
        mask,
        maskColor: '#808080',
      })
    }
  }
})

/** Whole views, where other specs look at a part of them. */
function placeOf(view: ViewName, demo: DemoCase): string {
  const places = demoPlaces(demo)
  if (view === 'histogram') return places.histogram.replace(/\?.*/, '')
  if (view === 'dominators') return places.dominators.replace('&shown=10', '')
  return view === 'gc' ? places.gc.replace(/\?.*/, '?row=590') : places[view]
}

/** Times, bytes on the disk, and what stands in the order in which files happened to be unpacked. */
function changing(page: Page, view: ViewName): readonly Locator[] {
  const logs = page
    .getByRole('navigation', { name: 'Contents of this case' })
    .locator('section')
    .filter({ hasText: 'Logs' })
  const status = page.getByRole('contentinfo')
  if (view === 'home') return [status, main(page).locator('tbody td:is(:nth-child(2), :nth-child(n + 4))')]
  return view === 'case' ? [logs, status, main(page).locator('summary, table')] : [logs]
}

/** Widths of letters of the page's two fonts: other fonts have others. */
function fontsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')
    const fonts = ['--ht-font', '--ht-mono'].map((name) =>
      getComputedStyle(document.documentElement).getPropertyValue(name),
    )
    return fonts
      .flatMap((font) => ['400', '700'].map((weight) => `${weight} 100px ${font}`))
      .map((font) => {
        if (context === null) throw new Error('there is no canvas')
        context.font = font
        return `${context.measureText('Retained 0123456789 io.netty.buffer → 堆').width.toFixed(2)}\n`
      })
      .join('')
  })
}
