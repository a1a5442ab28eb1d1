/**
 * What an engineer did in July 2014 with top, jstat, jmap, scp and Eclipse MAT, in one place: from full
 * GCs without end to the static field that holds the buffers, and to the proof that the fix is good.
 */
import type { Browser, Locator, Page } from '@playwright/test'
import { DEMO_DUMP, DEMO_LOG, smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { expectLinkShowsTheSame } from '../harness/links.ts'
import { chooseFiles, goto, idle, main } from '../harness/page.ts'

const ARENA = 'PoolArena$HeapArena'

test('from full GCs back to back to the static field that holds the buffers', async ({ page, browser }) => {
  test.setTimeout(240_000)
  await test.step('drop the dump and the log', () => dropEvidence(page))
  await test.step('the old generation is full, full GCs free nothing', () => readChart(page, browser))
  await test.step('byte[] fills the heap', () => readHistogram(page, browser))
  await test.step('four arenas dominate it', () => readDominators(page, browser))
  await test.step('what keeps an arena alive', () => walkToTheRoot(page, browser))
  await test.step('the static field in our own code', () => readTheHolder(page))
  await test.step('the same, told by the product', () => readTheSuspect(page))
  await test.step('whose the memory of the pool is', () => readThePool(page, browser))
  await test.step('a loop without and with release: the fix is good', () => verifyTheFix(page, browser))
})

async function dropEvidence(page: Page): Promise<void> {
  await goto(page, '/')
  await chooseFiles(page, DEMO_DUMP, DEMO_LOG)
  await page.waitForURL(/\/overview$/)
  await idle(page)
  await expect(
    main(page)
      .getByRole('row', { name: /HeapArena/ })
      .or(main(page).getByText(ARENA))
      .first(),
  ).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('complete')
}

async function readChart(page: Page, browser: Browser): Promise<void> {
  await openView(page, 'GC chart')
  const verdict = main(page).getByRole('article').filter({ hasText: 'Heap exhausted' })
  await expect(verdict).toContainText(/finished \d+ full GCs .* freed next to nothing/)
  await expect(main(page)).toContainText(/Old generation [\d.]+–100 %, at the end 100 %/)
  const table = page.getByRole('grid', { name: 'Rows of the log' })
  await table.focus()
  await page.keyboard.press('End')
  await idle(page)
  const lastRows = await cellsOf(table.getByRole('row')).then((rows) => rows.slice(-5))
  const header = (await cellsOf(table.getByRole('row'))).at(0) ?? []
  const column = (name: string): number[] => lastRows.map((cells) => Number(cells[header.indexOf(name)]))
  expect(column('O')).toEqual([100, 100, 100, 100, 100])
  const fullCollections = column('FGC')
  expect(fullCollections.at(-1)).toBe(668)
  expect(fullCollections.toSorted((a, b) => a - b)).toEqual(fullCollections)
  expect(new Set(fullCollections).size, 'more with every sample').toBe(5)

  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('button', { name: 'Later' }).click()
  await page
    .getByRole('group', { name: /^Series/ })
    .getByRole('button', { name: 'S0' })
    .click()
  await page
    .getByRole('group', { name: /^Series/ })
    .getByRole('button', { name: 'Metaspace' })
    .click()
  await idle(page)
  await table.getByRole('row').nth(3).click()
  await expect(table.getByRole('row', { selected: true })).toHaveCount(1)
  await expectLinkShowsTheSame(page, browser)
}

async function readHistogram(page: Page, browser: Browser): Promise<void> {
  await openView(page, 'Histogram')
  const rows = main(page).getByRole('row')
  await expect(rows.nth(1)).toContainText('byte[]')
  await expect(rows.nth(1)).toContainText('51,165')
  await expect(rows.nth(1)).toContainText('57.2 MiB')

  await page.getByRole('textbox', { name: 'Filter by class name' }).fill('io.netty.buffer')
  await page.waitForURL(/filter=io\.netty\.buffer/)
  await page.getByRole('button', { name: 'Objects', exact: true }).click()
  await idle(page)
  await expect(page.getByRole('columnheader', { name: 'Objects' })).toHaveAttribute('aria-sort', 'descending')
  await expect(main(page)).toContainText('matching classes')
  await rows.filter({ hasText: 'PoolChunkList' }).first().click()
  await expect(main(page).getByRole('row', { selected: true })).toContainText('PoolChunkList')
  await expectLinkShowsTheSame(page, browser)
}

async function readDominators(page: Page, browser: Browser): Promise<void> {
  await openView(page, 'Dominator tree')
  const rows = main(page).getByRole('row')
  const exact = ['14,434,088 bytes', '14,434,088 bytes', '14,434,088 bytes', '14,433,224 bytes']
  for (const [index, bytes] of exact.entries()) {
    const row = rows.nth(index + 1)
    await expect(row).toContainText(ARENA)
    await expect(row).toContainText('io.netty.buffer')
    await expect(row.getByTitle(bytes).first()).toHaveText('13.8 MiB')
  }
  await expect(rows.nth(5)).not.toContainText(ARENA)

  await rows.nth(2).click()
  await page.keyboard.press('ArrowRight')
  await idle(page)
  await expect(rows.nth(2)).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await idle(page)
  await page.keyboard.press('ArrowDown')
  await idle(page)
  await expect(main(page).getByRole('row', { selected: true })).toHaveAttribute('aria-level', '3')
  await expectLinkShowsTheSame(page, browser)
  await page.keyboard.press('Home')
}

async function walkToTheRoot(page: Page, browser: Browser): Promise<void> {
  await main(page).getByRole('row').nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Paths to GC roots' }).click()
  await idle(page)
  await expect(page.getByRole('radio', { name: 'all' })).toBeChecked()
  const all = await paths(page)
  expect(all[0]).toMatch(/heapArena of PoolThreadCache .*referent of Finalizer .*GC root: System Class/s)
  const throughStatic = all.findIndex((path) => /bufPool static of class Utils/.test(path))
  expect(throughStatic).toBeGreaterThan(0)
  expect(throughStatic).toBeLessThan(4)

  await page.getByRole('radio', { name: 'no weak, soft, phantom, finalizer' }).check()
  await idle(page)
  const strong = await paths(page)
  expect(strong[0]).toMatch(
    /\[1\] of PoolArena\[\d+\].*heapArenas of PooledByteBufAllocator.*bufPool static of class Utils.*your code/s,
  )
  for (const path of strong) expect(path).not.toMatch(/Finalizer|WeakReference|SoftReference|PhantomReference/)
  await expectLinkShowsTheSame(page, browser)
}

async function readTheHolder(page: Page): Promise<void> {
  const holder = main(page).getByRole('row').filter({ hasText: 'bufPool' }).first()
  await expect(holder).toContainText('demo.redis')
  await holder.click()
  await page.keyboard.press('Enter')
  await idle(page)
  const title = main(page).getByRole('heading', { level: 1 })
  await expect(title).toContainText('class Utils')
  await expect(title).toContainText('demo.redis')
  await expect(title.getByRole('img', { name: 'your code' })).toBeVisible()
  const field = main(page).getByRole('row').filter({ hasText: 'bufPool' })
  await expect(field).toContainText('PooledByteBufAllocator')
  await expect(field).toContainText('static')
}

async function readTheSuspect(page: Page): Promise<void> {
  await openView(page, 'Suspects')
  const suspect = main(page).getByRole('article')
  await expect(suspect).toHaveCount(1)
  await expect(suspect).toContainText('4 PoolArena$HeapArena hold 54 MiB, 87 % of the heap')
  await expect(suspect).toContainText(
    'held by the static field bufPool of demo.redis.Utils, the first holder in your code',
  )
  await expect(suspect).toContainText('belonged to buffers that are gone without having been released')
  await suspect.getByRole('button', { name: 'What if it were cut?' }).click()
  await expect(suspect.getByRole('status')).toContainText(/would be free/)
  await suspect.getByRole('link', { name: 'Utils.bufPool' }).first().click()
  await idle(page)
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('class Utils')
}

async function readThePool(page: Page, browser: Browser): Promise<void> {
  await openView(page, 'Netty')
  const pool = main(page).getByRole('region', { name: 'io.netty.buffer.PooledByteBufAllocator' })
  await expect(pool.getByRole('heading', { level: 2 })).toContainText('held by demo.redis.Utils.bufPool')
  await expect(pool).toContainText('Netty buffers are never released: 53.9 MiB lost')
  const arenas = pool.getByRole('table', { name: 'Arenas with their chunks' }).getByRole('row')
  await expect(arenas.filter({ hasText: ARENA })).toHaveCount(4)
  await expect(pool.getByRole('row').filter({ hasText: 'of 4.0 KiB' })).toContainText('9,421')
  await arenas.nth(1).getByRole('link', { name: '54', exact: true }).click()
  await idle(page)
  const chunks = page.getByRole('grid', { name: 'Chunks' })
  await chunks.getByRole('row').nth(1).click()
  await expect(page.getByRole('complementary')).toContainText('PoolChunk')
  await expectLinkShowsTheSame(page, browser)
}

async function verifyTheFix(page: Page, browser: Browser): Promise<void> {
  await openView(page, 'Evidence')
  const exhausted = main(page).getByRole('article').filter({ hasText: 'Heap exhausted' })
  await expect(exhausted.getByRole('link', { name: /fetch\.bin.*53\.9 MiB lost in Utils\.bufPool/ })).toBeVisible()
  await chooseFiles(page, smallDump('verify-50-unreleased.hprof.zst'), smallDump('verify-50-released.hprof.zst'))
  await openView(page, 'Compare dumps')
  await chooseDump(page, 'Before', 'verify-50-unreleased')
  await chooseDump(page, 'After', 'verify-50-released')
  const suspect = main(page).getByRole('article')
  await expect(suspect).toHaveCount(1)
  await expect(suspect).toContainText('Fixed: Utils.bufPool')
  await expect(suspect).toContainText('It held 50 MiB before and 0 B after.')
  await expect(suspect).toContainText('bufPool of class Utils')
  await expectLinkShowsTheSame(page, browser)
}

/** Waits until that dump of the case can be chosen. */
async function chooseDump(page: Page, side: string, name: string): Promise<void> {
  const choice = main(page).getByRole('combobox', { name: side })
  const option = choice.getByRole('option').filter({ hasText: name })
  await expect(option).toBeAttached({ timeout: 60_000 })
  await choice.selectOption(await option.getAttribute('value'))
  await idle(page)
}

async function openView(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Contents of this case' }).getByRole('link', { name }).click()
  await idle(page)
}

async function cellsOf(rows: Locator): Promise<string[][]> {
  return rows.evaluateAll((elements) =>
    elements.map((element) =>
      Array.from(element.querySelectorAll<HTMLElement>('[role=gridcell], [role=columnheader]'), (cell) =>
        cell.innerText.replaceAll(/\s+/g, ' ').trim(),
      ),
    ),
  )
}

/** The text of every path on the screen, from the object to its root. */
async function paths(page: Page): Promise<string[]> {
  const rows = (await cellsOf(main(page).getByRole('row'))).map(([first = '']) => first)
  const starts = rows.flatMap((row, index) => (/^Path \d+ /.test(row) ? [index] : []))
  return starts.map((start, index) => rows.slice(start, starts[index + 1]).join('\n'))
}
