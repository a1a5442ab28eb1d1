/** Dumps of real JVMs whose contents are known, each through the views that it is hard for. */
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, goto, idle, main } from '../harness/page.ts'

const LARGE = process.env.HEAPTRAIL_FIXTURES ?? ''

test.skip(LARGE === '', 'with the large set of fixtures only')

test('known graphs: retained sizes to the byte', async ({ page }) => {
  const heap = await openDump(page, 'known-17.hprof.gz')
  const expected = [
    ['LtR', '21,448'],
    ['LtC', '6,800'],
    ['DiC', '101,400'],
    ['OwnP', '3,048'],
    ['SharedX', '50,048'],
  ] as const
  for (const [name, retained] of expected) {
    await openClass(page, heap, `scen.Known$${name}`)
    await expect(main(page).getByRole('row').nth(1).getByTitle(`${retained} bytes`)).not.toHaveCount(0)
  }
})

test('strings of all scripts, and markup that stays text', async ({ page }) => {
  const heap = await openDump(page, 'strings-17.hprof.zst')
  await openClass(page, heap, 'java.lang.String')
  await filterObjects(page, 'this = /<script>/')
  await expect(main(page).getByRole('row').nth(1)).toContainText('<script>')
  await filterObjects(page, 'this = "推送消息：您有一条新通知"')
  await expect(main(page).getByRole('status')).toContainText(/^20,00\d of /)
  await filterObjects(page, 'retained > 900k')
  await expect(main(page).getByRole('status')).toContainText(/^\d of /)
  await main(page).getByRole('row').nth(1).dblclick()
  await page.waitForURL(/\/objects\/0x/)
  await expect(main(page)).toContainText('1,000,000')
})

test('threads: a deadlock, a deep stack, locals', async ({ page }) => {
  const heap = await openDump(page, 'threads-17.hprof.gz')
  await goto(page, `${heap}/threads?filter=deadlock`)
  const threads = main(page).getByRole('grid', { name: 'Threads' })
  await expect(threads.getByRole('row', { name: /deadlock-A/ })).toContainText('BLOCKED')
  await expect(threads.getByRole('row', { name: /deadlock-B/ })).toContainText('BLOCKED')
  await goto(page, `${heap}/threads?filter=deep-stack`)
  await expect(threads.getByRole('row', { name: /deep-stack/ })).toContainText(/50\d/)
})

test('virtual threads are told apart from those of the system', async ({ page }) => {
  const heap = await openDump(page, 'vthreads-25.hprof.zst')
  await goto(page, `${heap}/threads`)
  await expect(main(page)).toContainText(/virtual/)
})

test('a class that two hundred loaders have defined', async ({ page }) => {
  const heap = await openDump(page, 'classloaders-17.hprof.zst')
  await goto(page, `${heap}/class-loaders?shape=duplicates`)
  await expect(main(page).getByRole('row', { name: /scen\.\s*Plugin/ })).toContainText('200')
})

test('values of every primitive type, shadowed fields among them', async ({ page }) => {
  const heap = await openDump(page, 'kinds-25-g1.hprof.zst')
  await openClass(page, heap, 'scen.Scenarios$SubPrims')
  await main(page).getByRole('row').nth(1).dblclick()
  await page.waitForURL(/\/objects\/0x/)
  for (const value of ['42', '-2147483648', 'NaN', '-Infinity'])
    await expect(main(page).getByRole('gridcell', { name: value, exact: true }).first()).toBeVisible()
})

test('half a million children, and a list half a million deep', async ({ page }) => {
  const star = await openDump(page, 'star-500k.hprof.zst')
  await goto(page, `${star}/dominators?filter=${encodeURIComponent('HashMap$Node[]')}`)
  await expect(main(page).getByRole('treegrid').getByRole('row').nth(1)).toBeVisible()
  await goto(page, `${star}/dominators?as=icicle`)
  await expect(main(page).getByRole('tree')).toBeVisible()
  const deep = await openDump(page, 'deeplist-500k.hprof.zst')
  await openClass(page, deep, 'scen.Scenarios$LNode')
  await filterObjects(page, 'v = 0')
  await main(page).getByRole('row').nth(1).click()
  await page.getByRole('complementary').getByText('Paths to GC roots').click()
  await expect(main(page)).toContainText(/Path 1 · 500,00\d objects/)
  await goto(page, `${deep}/dominators?as=treemap`)
  await expect(main(page).getByRole('tree')).toBeVisible()
})

/** @returns the place of the heap, without a view */
async function openDump(page: Page, name: string): Promise<string> {
  await goto(page, '/')
  await chooseFiles(page, path.join(LARGE, 'C-hprof', name))
  await page.waitForURL(/\/overview$/, { timeout: 90_000 })
  await idle(page)
  return new URL(page.url()).pathname.replace(/\/overview$/, '')
}

/** To the objects of a class, through the histogram. */
async function openClass(page: Page, heap: string, name: string): Promise<void> {
  const pattern = `/^${name.replace(/[.$[\]]/g, '\\$&')}$/`
  await goto(page, `${heap}/histogram?filter=${encodeURIComponent(pattern)}`)
  await main(page).getByRole('row').nth(1).dblclick()
  await page.waitForURL(/\/classes\/0x/)
  await idle(page)
}

async function filterObjects(page: Page, condition: string): Promise<void> {
  await main(page).getByRole('textbox').fill(condition)
  await expect(page).toHaveURL(/where=/)
  await expect(main(page).getByRole('status')).toHaveText(/ of [\d,]+ objects$/)
  await idle(page)
}
