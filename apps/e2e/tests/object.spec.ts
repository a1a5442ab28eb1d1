/** One object: what it holds, in every way to look at it. */
import type { Page } from '@playwright/test'
import { smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, goto, idle, main, viewOf } from '../harness/page.ts'

/** A cache of 3,000 entries, the largest byte[], a class with many objects, one of the four arenas. */
const CACHE = '0xfd3acf58'
const BYTES = '0xfd433be0'
const BYTE_ARRAYS = '0xfd0be8a0'
const ARENA = '0xfd59b668'

test('entries of a map, bytes, references in groups, and what a retained size is made of', async ({ page, demo }) => {
  const heap = `/cases/${demo.caseId}/heap/${demo.dumpId}/objects`
  await goto(page, `${heap}/${CACHE}`)
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('size=3,000')
  await tab(page, 'Contents').click()
  const entries = main(page).getByRole('grid', { name: 'Contents' })
  await expect(entries).toHaveAttribute('aria-rowcount', '3001')
  await expect(entries.getByRole('columnheader')).toHaveText(['Key', 'Value', 'Retained'])
  await expect(entries.getByRole('row').nth(1)).toBeVisible()
  const shown = await viewOf(page)
  await page.reload()
  expect(await viewOf(page)).toBe(shown)

  await goto(page, `/cases/${demo.caseId}/heap/${demo.dumpId}/dominators?object=${CACHE}`)
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('link', { name: 'Contents (3,000)' })).toBeVisible()
  await expect(inspector.getByRole('table').first().getByRole('row')).toHaveCount(10)

  await goto(page, `${heap}/${BYTES}?tab=hex`)
  await expect(main(page).getByRole('row').nth(1)).toContainText('00000000')
  expect(await download(page, 'Download bytes')).toHaveLength(262_144)

  await goto(page, `${heap}/${BYTE_ARRAYS}?tab=incoming`)
  await expect(main(page)).toContainText('51,165')
  await main(page).getByRole('link', { name: 'byte[] <class>' }).click()
  await page.waitForURL(/group=/)
  await expect(main(page).getByRole('row').nth(1)).toContainText('256.0 KiB')
  await page.goBack()
  await expect(main(page).getByRole('link', { name: 'byte[] <class>' })).toBeVisible()

  await goto(page, `${heap}/${ARENA}?tab=retained`)
  const children = main(page).getByRole('table', { name: /Immediately dominated/ })
  await expect(children.getByRole('row', { name: /PoolChunkList.*6.*13\.8 MiB/ })).toBeVisible()
  const set = main(page).getByRole('table', { name: /Whole retained set/ })
  await expect(set.getByRole('row', { name: /byte\[\].*162.*13\.5 MiB.*98 %/ })).toBeVisible()
})

test('texts with everything that a text may hold, of any length', async ({ page }) => {
  await goto(page, '/')
  await chooseFiles(page, smallDump('strings-17.hprof.zst'))
  await page.waitForURL(/\/overview$/)
  const objects = page.url().replace('overview', 'objects')
  const text = main(page).getByRole('region', { name: 'Text of the string' })

  await goto(page, `${objects}/0xeabb8590?tab=text`)
  await expect(text).toHaveText(/\\u0000\\u0001ctrl\s+"<script>alert\(1\)<\/script>/)
  await goto(page, `${objects}/0xeabb85e0?tab=text`)
  await expect(text).toHaveText('\\ud800 lone surrogate')

  await expect(main(page).getByRole('definition').filter({ hasText: 'UTF-16' })).toContainText('16 characters')

  await goto(page, `${objects}/0xeb1c5410`)
  await expect(main(page).getByRole('definition').filter({ hasText: 'Latin-1' })).toContainText('1,000,000 characters')
  await tab(page, 'Text').click()
  await expect(main(page)).toContainText('characters 1 to 16,384 of 1,000,000')
  await main(page).getByRole('button', { name: 'Next page' }).click()
  await expect(main(page)).toContainText('characters 16,385 to 32,768 of 1,000,000')
  await expect(page).toHaveURL(/from=16384/)
  expect((await download(page, 'Download as text')).toString()).toBe('x'.repeat(1_000_000))
  await idle(page)
})

function tab(page: Page, name: string) {
  return main(page).getByRole('tab', { name, exact: true })
}

/** What the browser gets behind a link to a file. */
async function download(page: Page, name: string): Promise<Buffer> {
  const path = await main(page).getByRole('link', { name }).getAttribute('href')
  const answer = await page.request.get(path ?? '')
  expect(answer.headers()['content-disposition']).toMatch(/^attachment/)
  return answer.body()
}
