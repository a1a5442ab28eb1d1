import { readFile } from 'node:fs/promises'
import { expect, test } from '../harness/heaptrail.ts'
import { evidence, goto, idle, main } from '../harness/page.ts'
import { beginSlowUpload } from '../harness/slow-upload.ts'

/** The dump of the demo, in an archive. */
const DUMP = new URL('../../server/demo/fetch.tar.gz', import.meta.url)
const NAME = 'fetch.tar.gz'

test('a dump is counted while it comes in, and analysed again with other options', async ({ page, server }) => {
  const upload = await beginSlowUpload(server.url, NAME, await readFile(DUMP))
  await goto(page, `/cases/${upload.caseId}`)
  upload.sendUpTo(0.4)
  const soFar = main(page).getByRole('region', { name: `${NAME}: so far` })
  await expect(soFar.getByRole('row', { name: /^byte\[\]/ }).first()).toBeVisible()
  const objects = async () =>
    Number(/([\d,]+) objects/.exec((await soFar.textContent()) ?? '')?.[1]?.replaceAll(',', ''))
  const before = await objects()
  expect(before).toBeGreaterThan(1000)
  upload.sendUpTo(0.8)
  await expect.poll(objects).toBeGreaterThan(before)
  await upload.end()
  const rows = evidence(page, 'fetch.bin')
  await expect(rows.first()).toContainText('ready', { timeout: 60_000 })
  await expect(soFar).toHaveCount(0)

  await rows.getByRole('button', { name: 'Analyse again with options: fetch.bin' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Analyse' })).toBeDisabled()
  await dialog.getByLabel('Keep unreachable objects').check()
  await dialog.getByRole('button', { name: 'Analyse' }).click()
  const kept = rows.filter({ hasText: 'unreachable objects kept' })
  await expect(kept).toContainText('ready', { timeout: 60_000 })
  await kept.getByRole('link', { name: 'fetch.bin', exact: true }).click()
  await page.waitForURL(/~keep\/overview$/)
  await idle(page)
  const status = page.getByRole('contentinfo')
  await expect(status).not.toContainText('unreachable objects removed')
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('fetch.bin (unreachable objects kept)')
  await goto(page, page.url().replace('~keep', ''))
  await expect(status).toContainText('unreachable objects removed')
})
