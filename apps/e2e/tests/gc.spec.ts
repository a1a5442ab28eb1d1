/** Logs of collections and what stands beside them: the story's own texts, a healthy log, one of Shenandoah. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Download, Locator, Page } from '@playwright/test'
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { expectLinkShowsTheSame } from '../harness/links.ts'
import { chooseFiles, goto, idle, main } from '../harness/page.ts'
import { ROOT } from '../harness/server-process.ts'

const log = (name: string): string => path.join(ROOT, 'packages/fixtures/logs', name)

test('the story, pasted: a verdict in words, the classes, the process, all on one axis', async ({ page }) => {
  await test.step('the ten rows of jstat make a case, and its chart opens', async () => {
    await goto(page, '/')
    await page.getByRole('button', { name: 'Paste text' }).click()
    await page.getByRole('textbox', { name: 'Text' }).fill(await readFile(log('jdk6-prompt.txt'), 'utf8'))
    await page.getByRole('button', { name: 'Make a new case' }).click()
    await page.waitForURL(/\/gc\//)
    await idle(page)
    await expect(findings(page, 'critical')).toContainText('Heap exhausted: full collections free nothing')
    await expect(findings(page, 'critical')).toContainText(/Eden and the old generation are full .* one full GC/)
  })

  await test.step('what is pasted anywhere on the page goes into the case', async () => {
    await pasteAnywhere(page, await readFile(log('story-top.txt'), 'utf8'))
    await openView(page, 'Process')
    await expect(main(page)).toContainText('3.3 GiB in memory (RES)')
    await expect(main(page)).toContainText('RES cannot be compared')
    await pasteAnywhere(page, await readFile(log('story-jmap-histo.txt'), 'utf8'))
    await openView(page, 'Class histogram')
    const first = page.getByRole('grid').getByRole('row').nth(1)
    await expect(first).toContainText('byte[]')
    await expect(first).toContainText('34,943')
  })

  await test.step('the timeline has all of them and says what is a guess', async () => {
    await openView(page, 'Timeline')
    const bars = page.getByRole('list', { name: 'Evidence on the axis' }).getByRole('link')
    await expect(bars).toHaveCount(3)
    await expect(page.getByRole('table')).toContainText('a guess')
    await page
      .getByRole('link', { name: /^Show rows/ })
      .first()
      .click()
    await page.waitForURL(/\/gc\/.*finding=heap-exhausted/)
    await idle(page)
    await expect(page.getByRole('grid', { name: 'Rows of the log' }).getByRole('row', { selected: true })).toHaveCount(
      1,
    )
  })
})

test('a healthy log and one of Shenandoah raise no alarm', async ({ page }) => {
  await goto(page, '/')
  await chooseFiles(page, log('fixed-17-t.log'), log('shenandoah-17.txt'))
  await page.waitForURL(/\/gc\//)
  await page.getByRole('link', { name: 'Evidence', exact: true }).click()
  await idle(page)
  await expect(main(page).getByRole('row')).toHaveCount(3)
  await expect(main(page).getByRole('article').first()).toBeVisible()
  await expect(findings(page, 'critical')).toHaveCount(0)
  await expect(findings(page, 'warning')).toHaveCount(0)
  await main(page).getByRole('link', { name: 'shenandoah-17.txt', exact: true }).click()
  await idle(page)
  await expect(page.getByRole('application')).toBeVisible()
  await expect(main(page)).toContainText(/\d+ rows are shown/)
})

test('what a person knows is typed once: -Xmx makes bytes of percentages, a start places the log', async ({ page }) => {
  await goto(page, '/')
  await chooseFiles(page, log('leaky-17-serial.log'))
  await page.waitForURL(/\/gc\//)
  await idle(page)
  await expect(page.getByRole('radio', { name: 'Bytes' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Time and heap size' }).click()
  await page.getByRole('textbox', { name: '-Xmx' }).fill('64 apples')
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await page.getByRole('textbox', { name: '-Xmx' }).fill('64m')
  await page.getByLabel('It started at').fill('2014-07-17T10:20:30')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Bytes', { exact: true }).click()
  await page.waitForURL(/unit=bytes/)
  await idle(page)
  await expect(main(page)).toContainText('Bytes follow from the -Xmx that was typed')
  await openView(page, 'Timeline')
  await expect(page.getByRole('table')).toContainText('as somebody typed it')
  await expect(page.getByRole('table')).toContainText('Jul 17, 2014')
  const bar = page.getByRole('slider', { name: /^Start of leaky/ })
  await bar.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await idle(page)
  await expect(bar).toHaveAttribute('aria-valuetext', /Jul 17.*10:20:(3[1-9]|4)/)
})

test('two logs over each other, a zoom and a hidden series are in the link; charts and rows are files', async ({
  page,
  browser,
  demo,
}) => {
  await goto(page, demoPlaces(demo).gcOver)
  await page
    .getByRole('group', { name: /^Series/ })
    .getByRole('button', { name: 'Metaspace' })
    .click()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await idle(page)
  await expectLinkShowsTheSame(page, browser)

  await goto(page, demoPlaces(demo).gc)
  const chart = page.getByRole('application')
  await chart.focus()
  await page.keyboard.press('ArrowRight')
  await expect(chart.getByRole('status')).toContainText('row 300')
  await page.keyboard.press('Enter')
  await page.waitForURL(/row=300/)
  await save(page)
  await expectPicture(await downloaded(page, page.getByRole('menuitem', { name: 'Charts as PNG' })))
  await save(page)
  const csv = await downloaded(page, page.getByRole('menuitem', { name: 'Rows of the window as CSV' }))
  const rows = await readFile(await csv.path(), 'utf8')
  expect(rows.split('\n')[0]).toMatch(/row,line,.*O,.*FGC/)
  expect(rows.trim().split('\n')).toHaveLength(32)

  await openView(page, 'Timeline')
  await expectPicture(await downloaded(page, page.getByRole('button', { name: 'Charts as PNG' })))
})

function findings(page: Page, severity: string): Locator {
  return main(page).locator(`article[data-severity=${severity}]`)
}

async function pasteAnywhere(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await main(page).focus()
  await page.keyboard.press('Control+V')
  await page.getByRole('button', { name: 'Add to this case' }).click()
  await idle(page)
}

async function openView(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Contents of this case' }).getByRole('link', { name, exact: true }).click()
  await idle(page)
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save as a file' }).click()
}

async function downloaded(page: Page, button: Locator): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return download
}

async function expectPicture(download: Download): Promise<void> {
  expect([...(await readFile(await download.path())).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
}
