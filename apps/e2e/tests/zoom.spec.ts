import { type ViewName, demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, main } from '../harness/page.ts'

const VIEWS: readonly ViewName[] = ['histogram', 'dominators', 'object', 'pathsGraph', 'gc']

// What 1440 × 900 leaves at a zoom of 200 %.
test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2, contextOptions: { reducedMotion: 'reduce' } })

test('at 200 % every view and all links to others are reached, nothing is cut off, and nothing moves', async ({
  page,
  demo,
}) => {
  for (const view of VIEWS) {
    await goto(page, demoPlaces(demo)[view])
    const { wider, cut, moving } = await page.evaluate(() => ({
      wider: document.documentElement.scrollWidth - window.innerWidth,
      cut: [...document.querySelectorAll('header button, header a, footer button, main h1, main button')]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .filter((element) => element.closest('[role=grid], [role=treegrid], .react-flow') === null)
        .map((element) => element.textContent),
      moving: document.getAnimations().length,
    }))
    expect([wider, cut, moving], view).toEqual([0, [], 0])
    const { height } = (await main(page).boundingBox()) ?? { height: 0 }
    expect(height, view).toBeGreaterThan(250)
  }
  const link = page.getByRole('navigation').getByRole('link', { name: 'Unreachable objects' })
  await link.focus()
  await expect(link).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/unreachable$/)
})
