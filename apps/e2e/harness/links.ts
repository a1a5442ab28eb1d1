/** Links as one person sends them to another. */
import { type Browser, type Page, expect } from '@playwright/test'
import { watchForFaults } from './heaptrail.ts'
import { idle, viewOf } from './page.ts'

/** Copies the link to the view on the screen with the button. */
export async function copyLink(page: Page): Promise<string> {
  await page.getByRole('banner').getByRole('button', { name: 'Copy link' }).click()
  const field = page.getByRole('textbox', { name: 'Link to this view' })
  await expect(field).toBeVisible()
  const link = await field.inputValue()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()
  return link
}

/** The link of this view, opened in a browser that was never here before, shows exactly the same. */
export async function expectLinkShowsTheSame(page: Page, browser: Browser): Promise<void> {
  const link = await copyLink(page)
  const context = await browser.newContext()
  const faults = watchForFaults(context)
  const colleague = await context.newPage()
  await colleague.goto(link)
  await idle(colleague)
  expect(await viewOf(colleague)).toBe(await viewOf(page))
  expect(faults).toEqual([])
  await context.close()
}
