/** The story of the demo case without a mouse: from the list of cases to the static field that holds the buffers. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'

test('the story can be walked without a mouse', async ({ page, demo }) => {
  await goto(page, '/')
  await test.step('the case, by its name', async () => {
    await run(page, 'push service')
    await page.waitForURL(new RegExp(`/cases/${demo.caseId}$`))
    await idle(page)
  })
  await test.step('a full old generation in one of the logs', async () => {
    await run(page, 'gc chart gcutil')
    await page.waitForURL(/\/gc\//)
    await idle(page)
    await expect(main(page).getByRole('article').first()).toContainText('Heap exhausted')
  })
  await test.step('classes of the pool, by a filter', async () => {
    await go(page, 'h', /\/histogram$/)
    await page.keyboard.press('/')
    await page.keyboard.type('io.netty.buffer')
    await page.waitForURL(/filter=io\.netty\.buffer/)
    await tabTo(page, page.getByRole('grid'))
    await page.keyboard.press('ArrowDown')
    await expect(main(page).getByRole('row', { selected: true })).toContainText('io.netty.buffer')
  })
  await test.step('the biggest object of the dominator tree', async () => {
    await go(page, 'd', /\/dominators$/)
    await tabTo(page, page.getByRole('treegrid'))
    await page.keyboard.press('ArrowDown')
    await expect(main(page).getByRole('row', { selected: true })).toContainText('PoolArena$HeapArena')
  })
  await test.step('its paths to GC roots, from the menu of the row', async () => {
    await page.keyboard.press('.')
    const wanted = page.getByRole('menuitem', { name: 'Paths to GC roots' })
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await pressUntil(page, 'ArrowDown', wanted)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/paths/)
    await idle(page)
  })
  await test.step('only references that hold', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'all' }))
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(/exclude=/)
    await idle(page)
  })
  await test.step('the holder in our own code', async () => {
    await tabTo(page, main(page).getByRole('grid').or(main(page).getByRole('treegrid')))
    await walkTo(page, 'bufPool')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/objects\/0x[0-9a-f]+$/)
    await idle(page)
    await expect(main(page).getByRole('heading', { level: 1 })).toContainText('class Utils')
  })
  await test.step('the same, told by the product', async () => {
    await go(page, 's', /\/suspects$/)
    await expect(main(page).getByRole('article').first()).toContainText('static field bufPool')
  })
})

test('places, classes, objects and actions are found in the palette; pins stay in the case', async ({ page, demo }) => {
  await goto(page, `/cases/${demo.caseId}/heap/${demo.dumpId}/overview`)
  await test.step('a class, asked from the server', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('heaparena')
    await expect(page.getByRole('option', { name: /PoolArena\$HeapArena .*objects/ })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/classes\/0x/)
    await idle(page)
  })
  await test.step('an object by its id, pinned from its menu', async () => {
    await run(page, '0xFD59B668')
    await page.waitForURL(/\/objects\/0xfd59b668$/)
    await idle(page)
    await page.keyboard.press('.')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await pressUntil(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Pin', exact: true }))
    await page.keyboard.press('Enter')
    await expect(pinned(page)).toBeVisible()
    await expect(page.getByRole('contentinfo')).toContainText('Pinned in this case')
  })
  await test.step('the pin is there for others, leads to the object, and can be taken away', async () => {
    const colleague = await page.context().newPage()
    await goto(colleague, `/cases/${demo.caseId}`)
    await pinned(colleague).click()
    await colleague.waitForURL(/\/objects\/0xfd59b668$/)
    await colleague.getByRole('button', { name: /^Unpin .*0xfd59b668/ }).click()
    await expect(pinned(colleague)).toHaveCount(0)
    await expect(pinned(page), 'events tell every page').toHaveCount(0)
    await colleague.close()
  })
  await test.step('an action of the page', async () => {
    await run(page, 'dark theme')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await run(page, 'light theme')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

function pinned(page: Page): Locator {
  return page
    .getByRole('navigation', { name: 'Contents of this case' })
    .getByRole('link', { name: /PoolArena\$HeapArena 0xfd59b668/ })
}

/** The first entry of the palette for these words. */
async function run(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(words)
  await idle(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function go(page: Page, letter: string, to: RegExp): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press(letter)
  await page.waitForURL(to)
  await idle(page)
}

function tabTo(page: Page, target: Locator): Promise<void> {
  return pressUntil(page, 'Tab', target)
}

/** As often as it takes until this has the focus. */
async function pressUntil(page: Page, key: string, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

/** Down from the first row of the list that has the focus. */
async function walkTo(page: Page, text: string): Promise<void> {
  const active = main(page).locator('[role="row"][data-active]')
  for (let row = 0; row < 60; row++) {
    await page.keyboard.press(row === 0 ? 'Home' : 'ArrowDown')
    await expect(active).toHaveAttribute('data-index', String(row))
    if ((await active.innerText()).includes(text)) return
  }
  await expect(active).toContainText(text)
}
