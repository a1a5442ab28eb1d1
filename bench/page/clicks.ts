/** Clicks and keys of somebody who looks at a heap, each timed until its result is painted. */
import type { Locator, Page } from '@playwright/test'
import { idle, inputToPaint, show } from './painted.ts'

const SELECTED = 20
const OPENED = 15
const TIMES = 10
/** A place of a row without chevron, link or button. */
export const IN_ITS_MIDDLE = { position: { x: 420, y: 12 } } as const
const FIRST_ROW_WAITS = '[data-waiting], main [data-index="0"][aria-busy=true]'

/** ms of each, by what was done. */
export type ClickTimes = ReadonlyMap<string, readonly number[]>

export async function measureClicks(page: Page, heap: string): Promise<ClickTimes> {
  const times = new Map<string, readonly number[]>()
  await show(page, `${heap}/histogram`)
  times.set('class in the histogram → Inspector', await repeat(SELECTED, (row) => selectRow(page, row)))
  times.set('order of the histogram', await repeat(TIMES, () => changeOrder(page)))
  times.set('filter of the histogram', await repeat(TIMES, (time) => changeFilter(page, time)))
  await show(page, `${heap}/dominators`)
  times.set('object in the tree → Inspector', await repeat(SELECTED, (row) => selectRow(page, row)))
  // From below, so that the rows above stay where they are.
  times.set('children in the tree', await repeat(OPENED, (row) => openRow(page, OPENED - 1 - row)))
  await showLargestObject(page, heap)
  times.set('tab of an object', await repeat(TIMES, (time) => changeTab(page, time)))
  return times
}

async function repeat(times: number, act: (time: number) => Promise<number | undefined>): Promise<readonly number[]> {
  const all: number[] = []
  for (let time = 0; time < times; time++) {
    const ms = await act(time)
    if (ms !== undefined) all.push(ms)
  }
  return all
}

export function rowAt(page: Page, row: number): Locator {
  return page.locator(`main [data-index="${row}"]`)
}

/** Until the Inspector shows this object or class, with its sizes; undefined when the list is shorter. */
async function selectRow(page: Page, row: number): Promise<number | undefined> {
  if ((await rowAt(page, row).count()) === 0) return undefined
  const shown = { there: 'aside dl', changed: 'aside', gone: 'aside [data-waiting]' }
  return inputToPaint(page, shown, () => rowAt(page, row).click(IN_ITS_MIDDLE))
}

/** By name, so that the first row is another one each time. */
async function changeOrder(page: Page): Promise<number> {
  const shown = { there: 'main [data-index="0"]', changed: 'main [data-index="0"]', gone: FIRST_ROW_WAITS }
  const header = page.getByRole('columnheader').first().getByRole('button')
  return inputToPaint(page, shown, () => header.click())
}

/** From leaving the field: while somebody types, the page waits for a pause. */
async function changeFilter(page: Page, time: number): Promise<number> {
  const field = page.locator('main').getByRole('textbox', { name: 'Filter by class name' })
  const shown = { there: 'main', changed: 'main [aria-rowcount]', attribute: 'aria-rowcount', gone: FIRST_ROW_WAITS }
  return inputToPaint(page, shown, async () => {
    await field.fill(time % 2 === 0 ? 'String' : '')
    await page.keyboard.press('Tab')
  })
}

/** Until the first of its children stands below the row; undefined for a row without any. */
async function openRow(page: Page, row: number): Promise<number | undefined> {
  if ((await rowAt(page, row).count()) === 0) return undefined
  await rowAt(page, row).click(IN_ITS_MIDDLE)
  await idle(page)
  if ((await rowAt(page, row).getAttribute('aria-expanded')) !== 'false') return undefined
  const child = `main [data-index="${row + 1}"][aria-level="2"]:not([aria-busy=true])`
  return inputToPaint(page, { there: child }, () => page.keyboard.press('ArrowRight'))
}

async function showLargestObject(page: Page, heap: string): Promise<void> {
  await show(page, `${heap}/dominators`)
  await rowAt(page, 0).dblclick(IN_ITS_MIDDLE)
  await page.waitForURL(/\/objects\//)
  await page.locator('main').getByRole('tab').first().waitFor()
  await idle(page)
}

async function changeTab(page: Page, time: number): Promise<number> {
  const tabs = page.locator('main').getByRole('tab')
  const tab = tabs.nth((time + 1) % (await tabs.count()))
  const shown = { there: 'main', changed: 'main [role=tab][aria-selected=true]', gone: FIRST_ROW_WAITS }
  return inputToPaint(page, shown, () => tab.click())
}
