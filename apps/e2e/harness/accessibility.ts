/** What axe says of a page: all of its rules, nothing excluded. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'

export async function expectNoViolations(page: Page, theme = ''): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Of what passes only the count is gathered, and no second page is opened to gather it: half the time.
    .options({ resultTypes: ['violations'] })
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
