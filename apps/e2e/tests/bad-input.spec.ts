import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { smallDump, tarGz, unpacked } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, idle, main } from '../harness/page.ts'

test('a dump that was cut off is shown as far as it goes in every view, with the byte', async ({ page, folder }) => {
  const whole = await unpacked(smallDump('known-17.hprof.gz'))
  const cut = Math.floor(whole.length * 0.6)
  const file = await folder.write('still-being-written.hprof', whole.subarray(0, cut))
  await goto(page, '/')
  await chooseFiles(page, file)
  await page.waitForURL(/\/overview$/)
  await idle(page)
  const status = page.getByRole('contentinfo')
  await expect(status).toContainText(/partial/i)
  await expect(status).toContainText(/byte [\d,]+/)
  const casePlace = page.url().replace(/\/heap\/.*/, '')
  await expectEveryViewToShow(page)
  await goto(page, casePlace)
  const row = evidence(page, 'still-being-written.hprof')
  await expect(row).toContainText(/byte [\d,]+/)
  const [, byte = ''] = /byte ([\d,]+)/.exec(await row.innerText()) ?? []
  expect(Number(byte.replaceAll(',', ''))).toBeLessThanOrEqual(cut)
})

test('a text that is nothing is refused with a sentence', async ({ page, folder }) => {
  const file = await folder.write('shopping.txt', 'milk\nbread\n12 eggs\n')
  await goto(page, '/')
  await chooseFiles(page, file)
  const row = evidence(page, 'shopping.txt')
  await expect(row).toContainText('not read')
  await expect(row).toContainText('It is no heap dump (HPROF), jstat log, class histogram')
  await expect(row.getByRole('link')).toHaveCount(0)
  await page.getByRole('button', { name: '切换到中文' }).click()
  await expect(row).toContainText('它不是堆转储（HPROF）、jstat 日志、类直方图')
  await goto(page, '/cases/aaaaaaaaaaaaaaaaaaaaaa')
  await expect(main(page)).toContainText('没有此 id 的案例：它已被删除，或链接不完整。')
})

test('in an archive, what cannot be read is named with the reason, and the rest goes on', async ({ page, folder }) => {
  const archive = tarGz([
    { name: 'incident/heap.hprof', content: await unpacked(smallDump('known-17.hprof.gz')) },
    { name: 'incident/photo.png', content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
    { name: 'incident/histo.txt', content: await readFile(smallDump('known-17.histo.txt')) },
  ])
  await goto(page, '/')
  await chooseFiles(page, await folder.write('incident.tar.gz', archive))
  await page.waitForURL(/\/overview$/)
  await page.goBack()
  await expect(evidence(page, 'heap.hprof')).toContainText('ready')
  await expect(evidence(page, 'photo.png')).toContainText('not read')
  await expect(evidence(page, 'histo.txt')).toContainText(/histogram/i)
  await expect(evidence(page, 'histo.txt')).toContainText('ready')
})

test('a packed dump that was cut off is shown as far as it goes, too', async ({ page, folder }) => {
  const whole = await readFile(smallDump('known-17.hprof.gz'))
  const file = await folder.write('damaged.hprof.gz', whole.subarray(0, Math.floor(whole.length * 0.9)))
  await goto(page, '/')
  await chooseFiles(page, file)
  await page.waitForURL(/\/overview$/)
  await expect(page.getByRole('contentinfo')).toContainText(/partial/i)
})

test('an empty file is refused with a sentence', async ({ page, folder }) => {
  await goto(page, '/')
  await chooseFiles(page, await folder.write('empty.hprof', ''))
  await expect(main(page)).toContainText(/empty/i)
})

/** The views of the heap that the page lists; then those of a class, of an object, and of all objects of a class. */
async function expectEveryViewToShow(page: Page): Promise<void> {
  const links = page.getByRole('navigation', { name: 'Contents of this case' }).locator('[data-view]')
  const listed = await links.evaluateAll((all) => all.map((link) => link.getAttribute('data-view') ?? ''))
  const views = listed.slice(listed.indexOf('overview'))
  expect(views.length).toBeGreaterThan(7)
  for (const view of views) {
    await page.locator(`nav [data-view=${view}]`).click()
    await expectShown(page, view)
  }
  const heap = new URL(page.url()).pathname.replace(/[^/]+$/, '')
  await goto(page, `${heap}histogram?filter=${encodeURIComponent('/^java.lang.String$/')}`)
  await main(page).getByRole('row').nth(1).dblclick()
  await page.waitForURL(/\/classes\/0x/)
  await expectShown(page, 'class')
  const type = /0x[0-9a-f]+/.exec(page.url())?.[0]
  await main(page).getByRole('row').nth(1).dblclick()
  await page.waitForURL(/\/objects\/0x/)
  for (const tab of ['Fields', 'Text', 'Outgoing', 'Incoming', 'Retained']) {
    await main(page).getByRole('tab', { name: tab }).click()
    await expectShown(page, tab)
  }
  const object = new URL(page.url()).pathname
  const selections = ['merged-paths', 'retained-set', 'immediate-dominators'].map(
    (kind) => `${heap}${kind}?classes=${type}`,
  )
  for (const place of [`${object}/paths`, `${object}/paths?as=graph`, `${heap}dominators?as=treemap`, ...selections]) {
    await goto(page, place)
    await expectShown(page, place)
  }
}

/** Something, no error, and that it is not all. */
async function expectShown(page: Page, view: string): Promise<void> {
  await idle(page)
  await expect(main(page).getByRole('heading', { level: 1 }).first(), view).toBeVisible()
  await expect(page.getByRole('alert'), view).toHaveCount(0)
  await expect(page.getByRole('contentinfo'), view).toContainText('partial')
}
