/** What axe says of a page. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'

export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`),
  )
  expect(found).toEqual([])
}
