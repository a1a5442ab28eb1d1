/** What is wasted: texts that several strings have, and the fill of collections and arrays. */
import { demoPlaces } from '../harness/demo-places.ts'
import { smallDump, unpacked } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, main } from '../harness/page.ts'

test('texts of several strings, collections by class and holder, each a link and each row an object', async ({
  page,
  demo,
}) => {
  await goto(page, demoPlaces(demo).overview)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/\/waste$/)
  await expect(main(page).getByText('25,397 of 46,341 strings have the text of another one')).toBeVisible()
  const strings = main(page).getByRole('grid', { name: 'Duplicate strings' })
  await strings.getByRole('row', { name: /"com\.example\.app25" 386 24\.1 KiB/ }).click()
  await expect(page).toHaveURL(/object=0x[0-9a-f]+$/)
  await expect(page.getByRole('complementary').getByText('"com.example.app25"')).toBeVisible()

  await main(page).getByRole('tab', { name: 'Collections' }).click()
  const collections = main(page).getByRole('grid', { name: 'Collections' })
  await expect(collections.getByRole('row', { name: /ArrayList 3,423 1,129 16 %/ })).toBeVisible()
  await main(page).getByText('By holder', { exact: true }).click()
  await collections.getByRole('row', { name: /ServerContainer.*#topics.*ArrayList 3,370/ }).click()
  await expect(page).toHaveURL(/\/waste\?of=collections&by=holder&object=0x[0-9a-f]+$/)

  await page.reload()
  await expect(collections.getByRole('row', { selected: true })).toContainText('#topics')
  await main(page).getByLabel('Filter by class and field').fill('PoolChunk#')
  await expect(collections.getByRole('row', { name: /ArrayList/ })).toHaveCount(0)
  await expect(collections.getByRole('row', { name: /PoolChunk.*ArrayDeque 216/ })).toBeVisible()
})

test('without the file of its dump the view says that it needs it', async ({ page, folder }) => {
  const bytes = await unpacked(smallDump('known-17.hprof.gz'))
  // Another time in its header: no other case has this very file.
  const mine = bytes.map((byte, at) => (at === LAST_OF_TIME ? byte ^ 1 : byte))
  await goto(page, '/')
  await chooseFiles(page, await folder.write('mine.hprof', mine))
  await page.waitForURL(/\/overview$/)
  const waste = page.url().replace(/overview$/, 'waste?of=arrays')
  await goto(page, page.url().replace(/\/heap\/.*/, ''))
  await evidence(page, 'mine.hprof').getByRole('button', { name: 'Delete only the file of mine.hprof' }).click()
  await page.getByRole('button', { name: 'Delete the file for good' }).click()
  await expect(evidence(page, 'mine.hprof')).toContainText('Its file was deleted')
  await goto(page, waste)
  await expect(main(page).getByRole('heading', { name: 'The contents are gone' })).toBeVisible()
})

/** Byte of an HPROF file. */
const LAST_OF_TIME = 30
