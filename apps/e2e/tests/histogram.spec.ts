/** The histogram: groups, a filter for each column, exact sizes, columns and a file, and who owns what classes cannot tell. */
import { readFile } from 'node:fs/promises'
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, main } from '../harness/page.ts'

test('classes are filtered by their figures, shown with chosen columns and saved as they are shown', async ({
  page,
  demo,
}) => {
  await goto(page, demoPlaces(demo).histogram.split('?')[0] ?? '')
  const table = main(page).getByRole('grid', { name: 'Histogram' })
  await expect(table.getByRole('row').nth(1)).toContainText('byte[]')
  await main(page).getByRole('textbox', { name: 'Filter by Retained' }).fill('> 50 MB')
  await main(page).getByRole('textbox', { name: 'Filter by Objects' }).fill('!<= 10')
  await expect(main(page)).toContainText('3 matching classes')
  await expect(page).toHaveURL(/objects=.*retained=/)
  await main(page).getByRole('textbox', { name: 'Filter by class name' }).fill('!/Chunk/')
  await expect(main(page)).toContainText('1 matching class')

  await main(page).getByRole('button', { name: 'Columns' }).click()
  await main(page).getByRole('menuitemcheckbox', { name: 'Class loader' }).click()
  await page.keyboard.press('Escape')
  await expect(table.getByRole('columnheader', { name: 'Class loader' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await main(page).getByRole('button', { name: 'CSV' }).click()
  expect(await readFile(await (await saved).path(), 'utf8')).toMatch(
    /^Class,Class loader,Objects,Shallow,Retained\r\nbyte\[\],boot loader,51165,\d+,\d+\r\n$/,
  )

  await table.getByRole('row').nth(1).getByRole('button', { name: 'compute' }).click()
  await expect(table.getByRole('row').nth(1).getByRole('button', { name: 'compute' })).toHaveCount(0)
  await expect(table.getByRole('row').nth(1).getByRole('gridcell').last()).toContainText('MiB')
})

test('packages open to their classes, superclasses to their subclasses, from a link too', async ({ page, demo }) => {
  const histogram = demoPlaces(demo).histogram.split('?')[0] ?? ''
  await goto(page, histogram)
  await main(page).getByRole('combobox', { name: 'Rows are' }).selectOption('Packages')
  const table = main(page).getByRole('treegrid', { name: 'Histogram' })
  const netty = table.getByRole('row', { name: /io\.netty/ }).first()
  await expect(netty).toHaveAttribute('aria-expanded', 'false')
  await netty.click()
  await page.keyboard.press('ArrowRight')
  await expect(netty).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/open=io\.netty\./)
  await goto(page, `${histogram}?group=package&open=io.netty.,io.netty.buffer.`)
  await expect(table.getByRole('row', { name: /PoolArena\$HeapArena/ })).toHaveAttribute('aria-level', '3')
  await goto(page, `${histogram}?group=superclass&filter=AbstractMap`)
  await expect(table.getByRole('row').nth(1)).toContainText('java.lang.Object')
})

test('who owns all these bytes: by class and field, near and direct, from a link too', async ({ page, demo }) => {
  await goto(page, demoPlaces(demo).histogram.split('?')[0] ?? '')
  await main(page).getByRole('link', { name: 'Who owns byte[]' }).click()
  await page.waitForURL(/\/classes\/0x[0-9a-f]+\/owners$/)
  const table = main(page).getByRole('grid', { name: 'Who owns them' })
  const first = table.getByRole('row').nth(1)
  await expect(first).toContainText('PoolChunk#memory')
  await expect(main(page)).toContainText('51,165 objects · 57.2 MiB')
  await first.click()
  await expect(page).toHaveURL(/\?object=0x[0-9a-f]+$/)
  await expect(page.getByRole('complementary')).toContainText('byte[')

  await main(page).getByRole('textbox', { name: 'Filter by class and field' }).fill('Target#')
  await expect(table.getByRole('row').nth(1)).toContainText('String#value')
  await main(page).getByRole('tab', { name: 'Direct reference' }).click()
  await expect(main(page)).toContainText('No owner matches the filter.')
  await expect(page).toHaveURL(/by=direct/)
  await page.reload()
  await expect(main(page)).toContainText('No owner matches the filter.')
  await main(page).getByRole('textbox', { name: 'Filter by class and field' }).fill('')
  const text = table.getByRole('row').filter({ hasText: 'java.lang.String#value' })
  await text.click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('String')
  await page.goBack()
  await expect(text).toHaveAttribute('aria-selected', 'true')
})

test('several classes are selected by mouse and keys; a link brings them back, with what they retain together', async ({
  page,
  demo,
}) => {
  await goto(page, demoPlaces(demo).histogram.split('?')[0] ?? '')
  const table = main(page).getByRole('grid', { name: 'Histogram' })
  const selected = table.getByRole('row', { selected: true })
  const together = main(page).getByRole('group', { name: 'Selected classes' })
  await table.focus()
  await page.keyboard.press('ArrowDown')
  await expect(selected).toHaveCount(1)
  await expect(together).toHaveCount(0)
  await page.keyboard.press('Shift+ArrowDown')
  await expect(together).toContainText('2 classes selected')
  await page.keyboard.press('Control+ArrowDown')
  await page.keyboard.press('Control+ArrowDown')
  await expect(selected).toHaveCount(2)
  await page.keyboard.press(' ')
  await expect(together).toContainText('3 classes selected')
  await table
    .getByRole('row')
    .nth(3)
    .click({ modifiers: ['Control'] })
  await expect(together).toContainText('4 classes selected')
  await expect(page).toHaveURL(/class=0x[0-9a-f]+&also=0x[0-9a-f]+,0x[0-9a-f]+,0x[0-9a-f]+$/)
  await page.reload()
  await expect(selected).toHaveCount(4)
  await together.getByRole('button', { name: 'compute' }).click()
  await expect(together).toContainText(/Retained:\s*[\d.]+ MiB/)
  await together.getByRole('link', { name: 'Retained set' }).click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('and 1 more')
  await page.goBack()
  await together.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(selected).toHaveCount(0)
})
