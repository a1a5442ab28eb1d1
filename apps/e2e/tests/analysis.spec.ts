import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, idle, main } from '../harness/page.ts'
import { makeBigDump } from '../harness/big-dump.ts'

/** Upload, unpacking and analysis of half a gigabyte. */
const LONG_MS = 90_000
const NAME = 'shop.hprof'

test.describe.configure({ mode: 'serial' })

let casePlace = ''

test.beforeAll(async ({ folder }) => {
  test.setTimeout(120_000)
  makeBigDump(`${folder.path}/${NAME}`)
})

test('a running analysis is cancelled', async ({ page, folder }) => {
  await goto(page, '/')
  await chooseFiles(page, `${folder.path}/${NAME}`)
  const row = evidence(page, NAME)
  await expect(row.getByRole('progressbar')).toBeVisible({ timeout: LONG_MS })
  casePlace = page.url()
  await row.getByRole('button', { name: `Cancel the analysis of ${NAME}` }).click()
  await expect(row).toContainText('cancelled')
  await expect(row.getByRole('progressbar')).toHaveCount(0)
  await page.reload()
  await expect(row).toContainText('cancelled')
})

test('an analysis whose server is killed in the middle completes by itself', async ({ page, server }) => {
  await goto(page, casePlace)
  const row = evidence(page, NAME)
  await row.getByRole('button', { name: `Analyse again: ${NAME}` }).click()
  const progress = row.getByRole('progressbar')
  await expect(progress).toBeVisible()
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(20)
  await server.kill()
  await expect(page.getByRole('contentinfo').getByRole('status')).toBeVisible()
  await server.start()
  await page.waitForURL(/\/overview$/, { timeout: LONG_MS })
  await page.getByRole('navigation').getByRole('link', { name: 'Dominator tree' }).click()
  await idle(page)
  await expect(main(page).getByRole('row').nth(1)).toContainText('MiB')
})
