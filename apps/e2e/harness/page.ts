/** What specs do with a page and see on it. */
import { type Locator, type Page, expect } from '@playwright/test'

/** Waits until nothing is being loaded: the page says so itself. */
export async function idle(page: Page): Promise<void> {
  // What was just clicked may start its requests only with the next frame.
  await page.evaluate(
    () => new Promise<void>((resolve) => void requestAnimationFrame(() => void requestAnimationFrame(() => resolve()))),
  )
  await expect(page.locator('html')).toHaveAttribute('data-idle', 'true', { timeout: 30_000 })
}

export async function goto(page: Page, place: string): Promise<void> {
  await page.goto(place)
  await idle(page)
}

/** Chooses files in the real file input of the page. */
export async function chooseFiles(page: Page, ...files: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles([...files])
}

export function main(page: Page): Locator {
  return page.getByRole('main')
}

/** The row of the evidence table whose file has this name. */
export function evidence(page: Page, name: string): Locator {
  return main(page).getByRole('row').filter({ hasText: name })
}

/**
 * All that a reader of the page gets, as text: the accessibility trees of the view, the Inspector and the
 * status line; the order of sorted columns and the curves of charts, which those trees leave out.
 */
export async function viewOf(page: Page): Promise<string> {
  await idle(page)
  const parts = [main(page), page.getByRole('complementary'), page.getByRole('contentinfo')]
  const trees = await Promise.all(
    parts.map(async (part) => ((await part.count()) === 0 ? '(none)' : await part.ariaSnapshot())),
  )
  const sorted = await page
    .getByRole('columnheader')
    .evaluateAll((headers) => headers.map((header) => `${header.textContent}: ${header.getAttribute('aria-sort')}`))
  const curves = await main(page)
    .locator('svg path')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))
  return [...trees, sorted.join('\n'), curves.join('\n')].join('\n\n')
}
