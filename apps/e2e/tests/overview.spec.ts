/** What a heap says at a glance, and where it leads. */
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, main } from '../harness/page.ts'

test('the overview says on one screen what fills the heap, and each part leads there', async ({ page, demo }) => {
  const { overview } = demoPlaces(demo)
  await goto(page, overview)
  await expect(main(page).getByRole('region', { name: 'Suspects' })).toContainText('Utils.bufPool')
  await expect(main(page).getByRole('table', { name: 'Biggest packages' }).getByRole('row').nth(1)).toBeVisible()
  await expect(main(page).getByRole('term').filter({ hasText: 'JVM' })).toBeVisible()
  const facts = main(page).getByRole('definition')
  await expect(facts.filter({ hasText: '62.4 MiB of at most 64.0 MiB' })).toBeVisible()
  await expect(facts.filter({ hasText: '-Xmx64m' })).toBeVisible()
  const overflow = await main(page).evaluate((view) =>
    [view, ...view.children].map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
  )
  expect(Math.max(...overflow), 'nothing has to be scrolled').toBeLessThanOrEqual(0)

  const picture = main(page).getByRole('tree', { name: 'Biggest objects by retained size' })
  await picture.focus()
  await page.keyboard.press('ArrowDown')
  await expect(picture.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-label', /HeapArena/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/dominators\?object=0x[0-9a-f]+$/)
  await expect(main(page).getByRole('row', { selected: true })).toContainText('PoolArena$HeapArena')

  await goto(page, overview)
  await picture.hover({ position: { x: 60, y: 120 } })
  await expect(picture).toContainText('MiB')
  await picture.click({ position: { x: 60, y: 120 } })
  await page.waitForURL(/\/dominators/)
  await goto(page, overview)
  await main(page).getByRole('table', { name: 'Biggest packages' }).getByRole('link', { name: 'io.netty' }).click()
  await page.waitForURL(/group=package&open=io\.netty\./)

  await goto(page, overview)
  // What is too light to be drawn by itself is there as a sum, and leads to the rows that have it.
  const rest = picture.getByRole('treeitem', { name: /^3,000 objects below .*LruCache/ })
  await expect(rest).toHaveAttribute('aria-label', /3\.3 MiB/)
  await rest.click({ force: true })
  await page.waitForURL(/\/dominators\?/)
  await expect(main(page).getByRole('row', { selected: true })).toContainText('LruCache')
})
