import path from 'node:path'
import { type ViewName, demoPlaces } from '../harness/demo-places.ts'
import { test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'
import { ROOT } from '../harness/server-process.ts'

const VIEWS: readonly ViewName[] = [
  'home',
  'case',
  'timeline',
  'gc',
  'classGrowth',
  'top',
  'overview',
  'suspects',
  'histogram',
  'dominators',
  'icicle',
  'object',
  'paths',
  'threads',
  'netty',
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(() => {
    test.use({ colorScheme })

    for (const view of VIEWS) {
      test(`${view}-${colorScheme}`, async ({ page, demo }) => {
        await goto(page, placeOf(view, demo))
        if (view === 'histogram') await main(page).getByRole('row').nth(1).click()
        await idle(page)
        await page.screenshot({ path: path.join(ROOT, `docs/screenshots/${view}-${colorScheme}.png`) })
      })
    }
  })
}

/** Whole views, where the specs look at a part of them. */
function placeOf(view: ViewName, demo: Parameters<typeof demoPlaces>[0]): string {
  const places = demoPlaces(demo)
  if (view === 'histogram') return places.histogram.replace(/\?.*/, '')
  if (view === 'dominators') return places.dominators.replace('&shown=10', '')
  return view === 'gc' ? places.gc.replace(/\?.*/, '?row=590') : places[view]
}
