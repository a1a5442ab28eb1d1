import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { demoPlaces } from '../harness/demo-places.ts'
import { smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, idle, main, viewOf } from '../harness/page.ts'

test.describe('an address that somebody mangled', () => {
  const mangled = [
    '/cases',
    '/cases/x',
    '/cases/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00',
    '/%3Cimg%20src=x%20onerror=alert(1)%3E',
    '/cases/aaaaaaaaaaaaaaaaaaaaaa/heap/../../../etc/passwd',
    '/cases/aaaaaaaaaaaaaaaaaaaaaa/heap/bbbbbbbbbbbbbbbbbbbbbb/objects/0xZZ',
    `/${'a/'.repeat(500)}`,
    '/?view=%3Cscript%3Ealert(1)%3C/script%3E',
    '/#<svg onload=alert(1)>',
    '/%E0%A4%A',
  ]
  for (const address of mangled) {
    test(`shows a page that leads on: ${address.slice(0, 40)}`, async ({ page }) => {
      const scripts = watchDialogs(page)
      await goto(page, address)
      await expect(page.getByRole('link', { name: /Heaptrail/ })).toBeVisible()
      await expect(main(page)).not.toBeEmpty()
      expect(scripts).toEqual([])
    })
  }

  test('keeps of its options what it understands', async ({ page, demo }) => {
    const scripts = watchDialogs(page)
    const { histogram, dominators, gc, paths } = demoPlaces(demo)
    await goto(page, `${histogram.split('?')[0]}?sort=nonsense&order=asc&filter=<script>alert(1)</script>&class=17`)
    await expect(main(page)).toContainText('No class matches')
    await goto(page, `${histogram.split('?')[0]}?sort=objects&order=up&filter=netty&class=0xffffffffffffffff`)
    await expect(page.getByRole('columnheader', { name: 'Objects' })).toHaveAttribute('aria-sort', 'descending')
    await goto(page, `${dominators.split('?')[0]}?object=0x1&open=0x2~-5,<b>,0x3&shown=99999999999`)
    await expect(main(page).getByRole('row').nth(1)).toContainText('PoolArena$HeapArena')
    await expect(main(page).getByRole('note')).toContainText('0x1')
    await goto(page, `${gc.split('?')[0]}?from=9e99&to=-5&hide=<i>&row=99999`)
    await expect(page.getByRole('grid', { name: 'Rows of the log' })).toBeVisible()
    await goto(page, `${paths.split('?')[0]}?exclude=everything,weak,weak&shown=-1`)
    await expect(page.getByRole('checkbox', { name: 'weak', exact: true })).toBeChecked()
    expect(scripts).toEqual([])
  })
})

test.describe('a link to something that is gone says so', () => {
  test('an object and a class that the dump does not hold', async ({ page, demo }) => {
    const heap = `/cases/${demo.caseId}/heap/${demo.dumpId}`
    for (const place of [`${heap}/objects/0x1`, `${heap}/objects/0x1/paths`, `${heap}/classes/0x1`]) {
      await goto(page, place)
      await expect(page.getByRole('alert')).toContainText('This is not here')
    }
  })

  test('a file that is not of this case, and a case that never was', async ({ page, demo }) => {
    await goto(page, `/cases/${demo.caseId}/heap/aaaaaaaaaaaaaaaaaaaaaa/dominators`)
    await expect(page.getByRole('alert')).toContainText('This is not here')
    await goto(page, `/cases/${demo.caseId}/heap/${demo.dumpId}~mat-keep/histogram?filter=netty`)
    await expect(page.getByRole('alert')).toContainText('fetch.bin is here, but not this analysis of it')
    await page.getByRole('link', { name: 'The same view in its usual analysis' }).click()
    await page.waitForURL(new RegExp(`/heap/${demo.dumpId}/histogram\\?filter=netty$`))
    await goto(page, demoPlaces(demo).gone)
    await expect(page.getByRole('alert')).toContainText('This is not here')
  })

  test('an artifact and a case that somebody deleted', async ({ page, folder }) => {
    const dump = await folder.write('deleted.hprof.gz', await readFile(smallDump('known-17.hprof.gz')))
    await goto(page, '/')
    await chooseFiles(page, dump)
    await page.waitForURL(/\/overview$/)
    const [, casePlace = '', artifactPlace = ''] = /(\/cases\/[^/]+)(\/heap\/[^/]+)/.exec(page.url()) ?? []
    await goto(page, casePlace)
    await evidence(page, 'deleted.hprof').getByRole('button', { name: 'Delete deleted.hprof' }).click()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await expect(evidence(page, 'deleted.hprof')).toHaveCount(0)
    await goto(page, `${casePlace}${artifactPlace}/dominators`)
    await expect(page.getByRole('alert')).toContainText('This is not here')

    await goto(page, casePlace)
    await page.getByRole('button', { name: 'Delete case' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await goto(page, casePlace)
    await expect(page.getByRole('alert')).toContainText('This is not here')
  })
})

test('Back and Forward lead through what was opened, not through every click', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).histogram)
  await main(page).getByRole('row').filter({ hasText: 'PoolChunkList' }).first().click()
  await main(page).getByRole('button', { name: 'Objects' }).click()
  const histogram = await viewOf(page)
  await page.getByRole('grid').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/classes\//)
  await idle(page)
  await main(page).getByRole('row').nth(1).click()
  const objects = await viewOf(page)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/objects\//)
  await idle(page)

  await page.goBack()
  await page.waitForURL(/\/classes\//)
  expect(await viewOf(page)).toBe(objects)
  await page.goBack()
  await page.waitForURL(/\/histogram/)
  expect(await viewOf(page)).toBe(histogram)
  await page.goForward()
  await page.waitForURL(/\/classes\//)
  expect(await viewOf(page)).toBe(objects)
})

test('the dominator tree is walked with the keyboard alone', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).dominators.split('?')[0] ?? '')
  const selected = main(page).getByRole('row', { selected: true })
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('ArrowDown')
  await expect(selected).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('ArrowDown')
  await expect(selected).toHaveAttribute('aria-posinset', '2')
  await page.keyboard.press('ArrowRight')
  await expect(selected).toHaveAttribute('aria-expanded', 'true')
  await idle(page)
  await page.keyboard.press('ArrowRight')
  await expect(selected).toHaveAttribute('aria-level', '2')
  await page.keyboard.press('ArrowLeft')
  await expect(selected).toHaveAttribute('aria-level', '1')
  await page.keyboard.press('ArrowLeft')
  await expect(selected).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('*')
  await idle(page)
  await expect(selected).not.toHaveAttribute('aria-level', '1')
  await page.keyboard.press('.')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await page.keyboard.press('Home')
  await expect(selected).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/objects\/0x/)
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('PoolArena$HeapArena')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.waitForURL(/\/histogram$/)
  await idle(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Filter by class name' })).toBeFocused()
})

test('an object id that is typed leads there', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).overview)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('0xFD59B668')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/objects\/0xfd59b668$/)
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('0xfd59b668')
})

/** Messages of scripts that a page should never have run; the list grows. */
function watchDialogs(page: Page): readonly string[] {
  const messages: string[] = []
  page.on('dialog', async (dialog) => {
    messages.push(dialog.message())
    await dialog.dismiss()
  })
  return messages
}
