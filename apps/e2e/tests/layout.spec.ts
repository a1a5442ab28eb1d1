import { smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, goto, idle } from '../harness/page.ts'

test('the status line says how objects were laid out and how surely, and leads to an analysis with another layout', async ({
  page,
}) => {
  await goto(page, '/')
  await chooseFiles(page, smallDump('known-17.hprof.gz'))
  await page.waitForURL(/\/overview$/, { timeout: 60_000 })
  await idle(page)
  const status = page.getByRole('contentinfo')
  await expect(status).toContainText('compressed references (certain)')
  await expect(status).toContainText('1.3 MiB used')
  const before = page.url()

  await status.getByRole('button', { name: /compressed references/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('headers of 12 bytes (arrays: 16); certain')
  const start = dialog.getByRole('button', { name: 'Analyse', exact: true })
  await expect(start).toBeDisabled()
  await dialog.getByLabel('References').selectOption('8 bytes')
  await start.click()
  await page.waitForURL(/~r8\/overview$/)
  await expect(status).toContainText('uncompressed references (chosen)')
  await expect(status).not.toContainText('1.3 MiB used')

  await page.goBack()
  expect(page.url()).toBe(before)
  await expect(status).toContainText('compressed references (certain)')
})
