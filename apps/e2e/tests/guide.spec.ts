import type { Locator, Page } from '@playwright/test'
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { expectNoViolations } from '../harness/accessibility.ts'
import { goto, idle, main } from '../harness/page.ts'

/** Where each of the seven steps leads, and the head of what is shown there. */
const STEPS: readonly (readonly [path: RegExp, title: string])[] = [
  [/\/top\//, 'Process'],
  [/\/gc\//, 'GC chart'],
  [/\/class-histograms\//, 'Class histogram'],
  [/\/overview$/, 'Overview'],
  [/\/dominators/, 'Dominator tree'],
  [/\/objects\/0x[0-9a-f]+\/paths/, 'Paths to GC roots'],
  [/\/suspects$/, 'Suspects'],
]

test('the guide leads through the demo case with the keyboard alone, in seven steps', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).case)
  await main(page).getByRole('button', { name: 'Show me, in 7 steps' }).focus()
  await page.keyboard.press('Enter')
  const guide = guideOf(page)
  for (const [number, [path, title]] of STEPS.entries()) {
    await expect(guide).toContainText(`${number + 1} of 7${title}`)
    if (number === 0) await expectNoViolations(page)
    await expect(guide.getByRole('button', { name: 'Show me' })).toBeFocused()
    // The first row of the tree is selected before there is an object to ask about.
    if (title === 'Paths to GC roots') await selectRow(page, /object=0x/)
    await page.keyboard.press('Enter')
    await page.waitForURL(path)
    await idle(page)
    const goOn = guide.getByRole('button', { name: number === STEPS.length - 1 ? 'Done' : 'Next' })
    await expect(goOn).toBeFocused()
    if (number === STEPS.length - 1) await expectNoViolations(page)
    await page.keyboard.press('Enter')
  }
  await expect(guide).toHaveCount(0)
  await expect(main(page)).toContainText('held by the static field bufPool of demo.redis.Utils')
})

test('the guide follows who goes there alone, can be left, and goes on where it was', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).case)
  await main(page).getByRole('button', { name: 'Show me, in 7 steps' }).click()
  const guide = guideOf(page)
  await page.getByRole('navigation', { name: 'Contents of this case' }).getByRole('link', { name: 'Overview' }).click()
  await expect(guide).toContainText('4 of 7Overview')
  await guide.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(guide).toContainText('3 of 7Class histogram')
  await guide.getByRole('button', { name: 'Leave the guide' }).click()
  await expect(guide).toHaveCount(0)

  await page.reload()
  await idle(page)
  await expect(guide).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await main(page).getByRole('button', { name: 'Go on at step 3 of 7' }).click()
  await expect(guide).toContainText('3 of 7Class histogram')
  await goto(page, '/')
  await expect(guide, 'only on the demo case').toHaveCount(0)
})

function guideOf(page: Page): Locator {
  return page
    .getByRole('region', { name: 'Guide' })
    .filter({ has: page.getByRole('button', { name: 'Leave the guide' }) })
}

/** Enter, and waits for what it selects. */
async function selectRow(page: Page, selected: RegExp): Promise<void> {
  await page.keyboard.press('Enter')
  await page.waitForURL(selected)
  await idle(page)
}
