import type { Page } from '@playwright/test'
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main, viewOf } from '../harness/page.ts'

test('a thread shows its stack with the locals, and the link brings both back', async ({ page, demo }) => {
  await goto(page, plain(demoPlaces(demo).threads))
  await expect(main(page)).toContainText('19 threads · 11 RUNNABLE · 5 WAITING · 2 TIMED_WAITING · 1 NEW')
  await row(page, 'Threads', 'push-worker-2').click()
  const stack = main(page).getByRole('treegrid')
  await expect(stack.getByRole('row', { name: /PushServer\.make\(PushServer\.java:16\)/ })).toBeVisible()
  await expect(page.getByRole('complementary')).toContainText('push-worker-2')
  await expectSameViewFromLink(page)
})

test('GC roots open by type and class down to the objects', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).roots)
  await expect(main(page)).toContainText('1,315 GC roots')
  const roots = main(page).getByRole('treegrid', { name: 'GC roots' })
  await roots.getByRole('button', { name: 'Open Thread', exact: true }).click()
  await roots
    .getByRole('row', { name: /java\.lang\.\s*Thread/ })
    .getByRole('button')
    .click()
  await expect(roots.getByRole('row', { name: /"main"/ })).toBeVisible()
  await expectSameViewFromLink(page)
})

test('class loaders stand in their order of parents, with the classes of the chosen one', async ({ page, demo }) => {
  await goto(page, plain(demoPlaces(demo).loaders))
  const loaders = main(page).getByRole('treegrid', { name: 'Class loaders' })
  const app = loaders.getByRole('row', { name: /AppClassLoader/ })
  await expect(app).toHaveAttribute('aria-level', '3')
  await expect(app).toContainText('224')
  await app.click()
  await expect(main(page).getByRole('row', { name: /PushServer\$LruCache/ })).toBeVisible()
  await main(page).getByRole('link', { name: 'Histogram' }).click()
  await page.waitForURL(/group=loader&open=loader/)
  await expect(main(page).getByRole('row', { name: /PushServer\$LruCache/ })).toBeVisible()
  await page.goBack()
  await main(page).getByText('Duplicate classes').click()
  await expect(main(page).getByRole('heading', { name: 'No class is there twice' })).toBeVisible()
})

test('system properties are found by name, and what was unreachable is told with its sum', async ({ page, demo }) => {
  const { properties, unreachable } = demoPlaces(demo)
  await goto(page, plain(properties))
  await expect(main(page)).toContainText('OpenJDK 64-Bit Server VM 17.0.15')
  await main(page).getByRole('textbox').fill('netty.allocator')
  await expect(main(page).getByRole('row', { name: /io\.netty\.allocator\.maxOrder\s*5/ })).toBeVisible()
  await expect(main(page).getByRole('row', { name: /java\.home/ })).toHaveCount(0)
  await goto(page, unreachable)
  await expect(main(page)).toContainText('18 classes · 834 objects · 41.7 KiB')
  await expect(main(page).getByRole('row', { name: /byte\[\].*320.*19\.6 KiB.*47 %/ })).toBeVisible()
})

test('a selection: what it retains, which paths lead to it, who dominates it', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).objects)
  await main(page).getByRole('link', { name: 'Retained set' }).click()
  await expect(main(page)).toContainText('8 selected: 15,756 objects, 55.1 MiB would be free (88 %)')
  await expect(main(page).getByRole('row', { name: /byte\[\].*648.*54\.0 MiB.*98 %/ })).toBeVisible()
  await main(page).getByRole('tab', { name: 'Merged paths' }).click()
  await main(page).getByRole('switch').click({ force: true })
  const paths = main(page).getByRole('treegrid', { name: 'Merged paths' })
  await expect(paths.getByRole('row', { name: /AppClassLoader/ })).toContainText('4')
  await main(page).getByRole('tab', { name: 'Immediate dominators' }).click()
  await expect(main(page).getByRole('row', { name: /no dominator/ })).toContainText('8')
  await page.goBack()
  await expect(paths).toBeVisible()
})

test('the objects of a class by what their fields hold, and the classes below it', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).objects)
  await main(page).getByRole('textbox').fill('retained > 1m and numThreadCaches = 0')
  await expect(main(page).getByRole('status')).toHaveText('0 of 8 objects')
  await main(page).getByRole('textbox').fill('retained > 1m')
  await expect(main(page).getByRole('status')).toHaveText('4 of 8 objects')
  await expectSameViewFromLink(page)
  await main(page).getByRole('textbox').fill('colour = red')
  await expect(page.getByRole('alert')).toContainText('There is no field colour')
  await main(page)
    .getByRole('link', { name: /^io\.netty\.buffer\.\s*PoolArena$/ })
    .click()
  await main(page)
    .getByRole('tab', { name: /^Subclasses/ })
    .click()
  await expect(main(page).getByRole('row', { name: /PoolArena\$HeapArena/ })).toContainText('55.1 MiB')
})

test('the dominator tree is zoomed as a picture by keys, and the trail leads back', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).icicle)
  const tree = main(page).getByRole('tree')
  const arena = tree.getByRole('treeitem', { name: /0xfd59b668/ })
  await expect(arena).toHaveAttribute('aria-level', '2')
  await tree.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/root=0xfd59b668/)
  await expect(arena).toHaveAttribute('aria-level', '1')
  await main(page).getByText('Treemap').click()
  await expect(page).toHaveURL(/as=treemap/)
  await expect(main(page).getByRole('tree', { name: 'Dominator tree as a treemap' })).toBeVisible()
  await expectSameViewFromLink(page)
  await main(page).getByRole('navigation').getByText('Whole heap').click()
  await expect(main(page).getByRole('treeitem', { name: /^Whole heap: 62\.4 MiB/ })).toBeAttached()
})

test('the first level in groups, and a filter that keeps who holds what it finds', async ({ page, demo }) => {
  await goto(page, plain(demoPlaces(demo).dominators))
  const tree = main(page).getByRole('treegrid')
  await main(page).getByRole('combobox').selectOption('By class')
  await expect(tree.getByRole('row', { name: /PoolArena\$HeapArena/ }).first()).toContainText('55.1 MiB')
  await expectSameViewFromLink(page)
  await main(page).getByRole('combobox').selectOption('Not grouped')
  await main(page).getByRole('textbox').fill('LruCache')
  await expect(page).toHaveURL(/filter=LruCache/)
  await expect(tree.getByRole('row').nth(1)).toContainText('PushServer')
})

/** The place without its options. */
function plain(place: string): string {
  return place.split('?')[0] ?? place
}

function row(page: Page, table: string, text: string) {
  return main(page).getByRole('grid', { name: table }).getByRole('row').filter({ hasText: text })
}

/** Whoever opens the address of this page sees what this page shows. */
async function expectSameViewFromLink(page: Page): Promise<void> {
  const here = await viewOf(page)
  await goto(page, page.url())
  await idle(page)
  expect(await viewOf(page)).toBe(here)
}
