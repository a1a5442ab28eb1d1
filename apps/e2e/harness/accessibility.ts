/** What axe says of a page: all of its rules, nothing excluded. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'
import { idle } from './page.ts'

export async function expectNoViolations(page: Page, theme = '', ...onlyRules: readonly string[]): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Of what passes only the count is gathered, and no second page is opened to gather it: half the time.
    .options({ resultTypes: ['violations'], ...(onlyRules.length === 0 ? {} : { runOnly: [...onlyRules] }) })
    .setLegacyMode()
    .analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`),
  )
  expect(found, theme).toEqual([])
}

/** The page is left in the light theme. Only where nothing moves: colours that fade are others for a while. */
export async function expectNoViolationsInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await expectNoViolations(page, colorScheme)
  }
}

/**
 * The same for all of a view. Of what is scrolled out of sight axe knows neither colours nor visible words, so it looks at
 * a screen that is high enough for the view and the Inspector; only whether keys scroll is asked where something scrolls.
 */
export async function expectNoViolationsInWholeView(page: Page): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1440, height: 900 }
  await expectNoViolations(page, 'what scrolls', 'scrollable-region-focusable')
  await page.setViewportSize({ ...usual, height: 2000 })
  await idle(page)
  await expect.poll(() => hiddenBelow(page), 'pixels of the view and the Inspector below the screen').toEqual([])
  await expectNoViolationsInBothThemes(page)
  await page.setViewportSize(usual)
}

/** Long tables scroll within themselves on every screen: their rows are all of a kind. */
function hiddenBelow(page: Page): Promise<readonly number[]> {
  return page
    .locator('main, aside, aside > *')
    .evaluateAll((parts) => parts.map((part) => part.scrollHeight - part.clientHeight).filter((hidden) => hidden > 1))
}
