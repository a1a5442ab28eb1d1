import { expectNoViolationsInBothThemes } from '../harness/accessibility.ts'
import { DEMO_DUMP } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, main } from '../harness/page.ts'
import { breakLine, partlyReceived, watchUploads } from '../harness/uploads.ts'

const SECOND_PAGE_MS = 60_000

test('an upload that ended with its page goes on when the same file is dropped again', async ({ page, context }) => {
  await goto(page, '/')
  await breakLine(page, DEMO_DUMP)
  await chooseFiles(page, DEMO_DUMP)
  await page.waitForURL(/\/cases\//)
  const caseOfFirst = page.url()
  const received = await partlyReceived(page)
  await page.close()

  const again = await context.newPage()
  await again.route('**/api/uploads/*', (route) => route.fulfill({ status: 503 }), { times: 1 })
  const sent = watchUploads(again)
  await goto(again, '/')
  await chooseFiles(again, DEMO_DUMP)
  await again.waitForURL(/\/overview$/, { timeout: SECOND_PAGE_MS })
  expect(again.url(), 'the files went to the same case').toContain(caseOfFirst)
  expect(sent.map(({ offset }) => offset)).toEqual([expect.any(Number)])
  expect(sent[0]?.offset).toBeGreaterThanOrEqual(received)
})

test('an upload outlives a server that is killed in the middle of it', async ({ page, server }) => {
  await goto(page, '/')
  const mendLine = await breakLine(page, DEMO_DUMP)
  const sent = watchUploads(page)
  await chooseFiles(page, DEMO_DUMP)
  await page.waitForURL(/\/cases\//)
  await partlyReceived(page)
  await server.kill()
  await server.start()
  mendLine()
  await page.waitForURL(/\/overview$/, { timeout: SECOND_PAGE_MS })
  const resumed = sent.filter(({ offset }) => offset > 0)
  expect(resumed).not.toEqual([])
  await page.goBack()
  await expect(evidence(page, 'fetch.bin')).toContainText('ready')
})

test('an upload pauses and goes on; its file is not sent twice, and can be deleted alone', async ({ page }) => {
  await goto(page, '/')
  // None of its bytes get through.
  await page.route('**/api/uploads/*', (route) => (route.request().method() === 'PATCH' ? undefined : route.continue()))
  const sending = page.waitForRequest((request) => request.method() === 'PATCH')
  await chooseFiles(page, DEMO_DUMP)
  await page.waitForURL(/\/cases\//)
  await sending
  const place = page.url()
  const row = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem')
  const says = main(page).getByRole('status').filter({ hasText: 'fetch.tar.gz' })
  await expect(says).toHaveText('fetch.tar.gz is being uploaded.')
  await page.getByRole('button', { name: 'Pause the upload of fetch.tar.gz' }).press('Enter')
  await expect(row).toContainText('paused')
  await expect(says).toHaveText('The upload of fetch.tar.gz is paused.')
  await page.unroute('**/api/uploads/*')
  // The same button, still with the focus.
  const goOn = page.getByRole('button', { name: 'Go on with the upload of fetch.tar.gz' })
  await expect(goOn).toBeFocused()
  await page.getByRole('banner').getByRole('link', { name: 'Heaptrail: all cases' }).click()
  await expect(row).toContainText('paused')
  await expectNoViolationsInBothThemes(page)
  await page.goBack()
  await expect(row).toContainText('paused')
  await goOn.press('Enter')
  await page.waitForURL(/\/overview$/, { timeout: SECOND_PAGE_MS })

  const sent = watchUploads(page)
  await goto(page, '/')
  await chooseFiles(page, DEMO_DUMP)
  await page.waitForURL(place)
  await expect(page.getByRole('contentinfo')).toContainText('fetch.tar.gz is already here; nothing was sent again')
  expect(sent).toEqual([])

  const dump = evidence(page, 'fetch.bin')
  await dump.getByRole('button', { name: 'Delete only the file of fetch.bin' }).click()
  await page.getByRole('button', { name: 'Delete the file for good' }).click()
  await expect(dump).toContainText('Its file was deleted: everything works but contents of objects')
  await expect(dump.getByRole('link', { name: /^Download/ })).toHaveCount(0)
  await dump.getByRole('link', { name: 'fetch.bin', exact: true }).click()
  await page.waitForURL(/\/overview$/)
})

test('files dropped together become one case, files dropped on a case join it', async ({ page, folder }) => {
  const first = await folder.write('one.log', LOG)
  const second = await folder.write('two.log', LOG.replace('97.17', '97.18'))
  const third = await folder.write('three.log', LOG.replace('97.17', '97.19'))
  await goto(page, '/')
  await chooseFiles(page, first, second)
  await page.waitForURL(/\/gc\//)
  await page.goBack()
  await expect(main(page).getByRole('row')).toHaveCount(3)
  await chooseFiles(page, third)
  await page.waitForURL(/\/gc\//)
  await page.goBack()
  await expect(evidence(page, 'three.log')).toContainText('ready')
  await expect(main(page).getByRole('row')).toHaveCount(4)
})

const LOG = `  S0     S1     E      O      P     YGC     YGCT    FGC    FGCT     GCT
  0.00  97.17  12.00  40.00  59.66     10    0.200     0    0.000    0.200
  0.00  97.17  35.10  40.00  59.66     10    0.200     0    0.000    0.200
  0.00  97.17  90.25  41.50  59.66     11    0.220     1    0.150    0.370
`
