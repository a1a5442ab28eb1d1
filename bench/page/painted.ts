/** How long it takes from an input to the frame that shows its result, and until a page is there, measured inside the page. */
import type { Page } from '@playwright/test'

/** How long anything may take before the measurement gives up. */
const PATIENCE_MS = 20_000

/** The result is there when all of this holds. */
export interface Shown {
  /** Selector of an element that is there. */
  readonly there: string
  /** Selector of an element whose text, or that of the attribute, is another one than before the input. */
  readonly changed?: string
  readonly attribute?: string
  /** Selector of what has gone: a place that waits for its data. */
  readonly gone?: string
}

/**
 * @param input does it: one click or key
 * @returns ms from the time stamp of the input event to after the paint of the frame with the result
 * @throws when the result is not there within 20 s
 */
export async function inputToPaint(page: Page, shown: Shown, input: () => Promise<void>): Promise<number> {
  // What the input before has left to do must not be taken for the result of this one.
  await idle(page)
  await page.evaluate(watchInPage, { shown, patience: PATIENCE_MS })
  await input()
  const took = await page.evaluate(() => (globalThis as { inputToPaint?: Promise<number> }).inputToPaint)
  if (took !== undefined && took >= 0) return took
  throw new Error(`Nothing like ${JSON.stringify(shown)} came within ${PATIENCE_MS / 1000} s, on ${page.url()}`)
}

/** Runs in the page: leaves a promise of the time there, of -1 when there is no result in time. */
function watchInPage({ shown, patience }: { shown: Shown; patience: number }): void {
  const { there, changed, attribute, gone = '[data-waiting]' } = shown
  function read(): string | null | undefined {
    const element = changed === undefined ? null : document.querySelector(changed)
    return attribute === undefined ? element?.textContent : element?.getAttribute(attribute)
  }
  const before = read()
  let began: number | undefined
  const note = (event: Event): void => void (began ??= event.timeStamp)
  for (const kind of ['pointerdown', 'keydown']) window.addEventListener(kind, note, { capture: true, once: true })
  const { promise, resolve } = Promise.withResolvers<number>()
  Object.assign(globalThis, { inputToPaint: promise })
  const timer = setTimeout(() => finish(() => resolve(-1)), patience)
  const observer = new MutationObserver(() => {
    if (began === undefined || document.querySelector(there) === null || document.querySelector(gone) !== null) return
    if (changed !== undefined && read() === before) return
    finish(() => requestAnimationFrame(afterPaint))
  })
  function finish(act: () => void): void {
    clearTimeout(timer)
    observer.disconnect()
    act()
  }
  // The message is handled when the frame of this callback has been painted.
  function afterPaint(): void {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => resolve(performance.now() - (began ?? 0)))
    port1.start()
    port2.postMessage(undefined)
  }
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true })
}

export interface OpeningTimes {
  /** First text or picture, ms since the navigation began. */
  readonly first: number
  /** Largest text or picture of the view. */
  readonly largest: number
  /** The view says that it has all its data. */
  readonly complete: number
  /** Bytes of scripts as they came, compressed, until then. */
  readonly scripts: number
}

/** Opens a place as somebody does who was never here before; the page must be new. */
export async function openingTimes(page: Page, place: string): Promise<OpeningTimes> {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement.dataset['idle'] !== 'true') return
      performance.mark('complete')
      observer.disconnect()
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-idle'] })
  })
  await show(page, place)
  const times = await page.evaluate(timesInPage, PATIENCE_MS)
  if (times === null) throw new Error(`Chromium does not say when it painted ${place}.`)
  return times
}

/** Shows a place and waits until it has all its data. */
export async function show(page: Page, place: string): Promise<void> {
  await page.goto(place, { timeout: PATIENCE_MS })
  await idle(page)
}

export async function idle(page: Page): Promise<void> {
  await page.locator('html[data-idle=true]').waitFor({ state: 'attached', timeout: PATIENCE_MS })
}

function timesInPage(patience: number): Promise<OpeningTimes | null> {
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const ofScripts = resources.filter(({ name }) => name.endsWith('.js')).map(({ transferSize }) => transferSize)
  const known = {
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    complete: performance.getEntriesByName('complete')[0]?.startTime ?? 0,
    scripts: ofScripts.reduce((sum, bytes) => sum + bytes, 0),
  }
  const { promise, resolve } = Promise.withResolvers<OpeningTimes | null>()
  setTimeout(() => resolve(null), patience)
  new PerformanceObserver((list) => resolve({ ...known, largest: list.getEntries().at(-1)?.startTime ?? 0 })).observe({
    type: 'largest-contentful-paint',
    buffered: true,
  })
  return promise
}
