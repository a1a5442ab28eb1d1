/** `npm run bench:ui -- FILE`: how fast the page is on a dump: opening, from a click to its result, frames while it moves. */
import { existsSync } from 'node:fs'
import { type Browser, type Page, chromium } from '@playwright/test'
import { IN_ITS_MIDDLE, type ClickTimes, measureClicks, rowAt } from './clicks.ts'
import { type Frames, framesDuring } from './frames.ts'
import { idle, openingTimes, show } from './painted.ts'
import { type Product, startProduct } from './product.ts'

const OPENINGS = 5
const WHEEL_STEPS = 120
const WHEEL_PIXELS = 120
const WALKED_ROWS = 90

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Name a heap dump: npm run bench:ui -- FILE')

const product = await startProduct(file)
try {
  const browser = await launch()
  try {
    console.log(`Chromium ${browser.version()}, ${file}`)
    await printOpenings(browser, product)
    const page = await newPage(browser, product)
    printClicks(await measureClicks(page, product.heap))
    await printFrames(browser, page, product)
  } finally {
    await browser.close()
  }
} finally {
  await product.end()
}

function launch(): Promise<Browser> {
  const places = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', chromium.executablePath()]
  const executablePath = places.find((place) => existsSync(place))
  if (executablePath === undefined) throw new Error('There is no Chromium: CHROMIUM_PATH names one.')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] })
}

/** Of a browser that was never here before. */
async function newPage(browser: Browser, { url }: Product): Promise<Page> {
  const viewport = { width: 1440, height: 900 }
  const context = await browser.newContext({ baseURL: url, viewport, locale: 'en-US' })
  return context.newPage()
}

async function printOpenings(browser: Browser, product: Product): Promise<void> {
  console.log(`\nopening, nothing cached, medians of ${OPENINGS} | first paint | largest paint | all data | JavaScript`)
  for (const [name, place] of [
    ['all cases', '/'],
    ['case', product.ofCase],
    ['overview', `${product.heap}/overview`],
    ['dominator tree', `${product.heap}/dominators`],
  ] as const) {
    const times = await Array.fromAsync({ length: OPENINGS }, async () => {
      const page = await newPage(browser, product)
      const of = await openingTimes(page, place)
      await page.context().close()
      return of
    })
    const [first, largest, complete, scripts] = (['first', 'largest', 'complete', 'scripts'] as const).map((key) =>
      quantile(
        times.map((of) => of[key]),
        0.5,
      ),
    )
    console.log(`${name} | ${ms(first)} | ${ms(largest)} | ${ms(complete)} | ${((scripts ?? 0) / 1000).toFixed(0)} kB`)
  }
}

function printClicks(clicks: ClickTimes): void {
  console.log('\nfrom the input to the paint of its result | number | p50 | p95 | longest')
  for (const [name, times] of [...clicks, ['all', [...clicks.values()].flat()] as const]) {
    const figures = [0.5, 0.95, 1].map((share) => ms(quantile(times, share)))
    console.log([name, times.length, ...figures].join(' | '))
  }
}

async function printFrames(browser: Browser, page: Page, { heap }: Product): Promise<void> {
  console.log('\nframes | drawn | a second | in time for 60 Hz | longest gap | dropped')
  await show(page, `${heap}/histogram`)
  await rowAt(page, 0).dblclick(IN_ITS_MIDDLE)
  await page.waitForURL(/\/(classes|objects)\//)
  await idle(page)
  await page.mouse.move(600, 500)
  const scroll = async (): Promise<void> => {
    for (let step = 0; step < WHEEL_STEPS; step++) await page.mouse.wheel(0, WHEEL_PIXELS)
  }
  printFramesOf('scrolling through the objects of the largest class', await framesDuring(browser, page, scroll))
  await show(page, `${heap}/dominators`)
  await rowAt(page, 0).click(IN_ITS_MIDDLE)
  const walk = async (): Promise<void> => {
    for (let row = 0; row < WALKED_ROWS; row++) await page.keyboard.press('ArrowDown')
  }
  printFramesOf('walking down the tree with a key held', await framesDuring(browser, page, walk))
}

function printFramesOf(name: string, { drawn, rate, inTime, longest, dropped }: Frames): void {
  console.log(`${name} | ${drawn} | ${rate.toFixed(0)} | ${(inTime * 100).toFixed(0)} % | ${ms(longest)} | ${dropped}`)
}

/** The value that so much of them (0 to 1) do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

function ms(time = 0): string {
  return `${time.toFixed(0)} ms`
}
