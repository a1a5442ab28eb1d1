/** One page for tests that only look, one view after the other: a new browser context would be half of their time. */
import type { BrowserContextOptions, Page } from '@playwright/test'
import { expect, test, watchForFaults } from './heaptrail.ts'

/** To be called once in a file, outside of its tests. @returns the page, within a test */
export function onePage(options: BrowserContextOptions): () => Page {
  let page: Page | undefined
  let faults: readonly string[] = []
  test.beforeAll(async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url, timezoneId: 'UTC', ...options })
    faults = watchForFaults(context)
    page = await context.newPage()
  })
  test.afterEach(() => expect(faults, 'uncaught exceptions and breaches of the content security policy').toEqual([]))
  test.afterAll(async () => page?.context().close())
  return () => {
    if (page === undefined) throw new Error('the page is opened before the first test')
    return page
  }
}
