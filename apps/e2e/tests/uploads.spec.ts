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
