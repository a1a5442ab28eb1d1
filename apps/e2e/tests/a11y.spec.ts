import { expectNoViolationsInBothThemes, expectNoViolationsInWholeView } from '../harness/accessibility.ts'
import { type ViewName, demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { onePage } from '../harness/one-page.ts'
import { goto, idle, main } from '../harness/page.ts'

const VIEWS: readonly ViewName[] = [
  'home',
  'case',
  'timeline',
  'gc',
  'gcOver',
  'classHistogram',
  'classGrowth',
  'besideDump',
  'top',
  'overview',
  'suspects',
  'netty',
  'histogram',
  'objects',
  'owners',
  'waste',
  'wasteHolders',
  'dominators',
  'icicle',
  'treemap',
  'threads',
  'roots',
  'loaders',
  'duplicateClasses',
  'properties',
  'unreachable',
  'mergedPaths',
  'retainedSet',
  'dominatorsOf',
  'object',
  'class',
  'incoming',
  'outgoing',
  'retained',
  'paths',
  'pathsGraph',
  'contents',
  'text',
  'hex',
  'incomingGroups',
  'histogramPackages',
  'nettyChunks',
  'nettyBuffers',
  'nettyConnections',
  'nowhere',
  'gone',
]

test.use({ contextOptions: { reducedMotion: 'reduce' } })
const opened = onePage({ locale: 'en-US', reducedMotion: 'reduce' })

for (const view of VIEWS) {
  test(`${view} can be read by everybody, in both themes`, async ({ demo }) => {
    await goto(opened(), demoPlaces(demo)[view])
    await expectNoViolationsInWholeView(opened())
  })
}

test('what opens over a view can be read by everybody, in both themes', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).dominators)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoViolationsInBothThemes(page)
  await page.keyboard.press('Escape')
  await page.getByRole('banner').getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('textbox', { name: 'Link to this view' })).toBeVisible()
  await expectNoViolationsInBothThemes(page)
  await page.keyboard.press('Escape')
  await main(page).getByRole('row').nth(2).click({ button: 'right' })
  await expect(page.getByRole('menu')).toBeVisible()
  await idle(page)
  await expectNoViolationsInBothThemes(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('pool')
  await expect(page.getByRole('option', { name: /PoolChunk / })).toBeVisible()
  await expectNoViolationsInBothThemes(page)
})

test('several selected rows can be read by everybody, in both themes', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).histogram)
  await main(page).getByRole('grid', { name: 'Histogram' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(main(page).getByRole('group', { name: 'Selected classes' })).toContainText('2 classes selected')
  await idle(page)
  await expectNoViolationsInBothThemes(page)
})
