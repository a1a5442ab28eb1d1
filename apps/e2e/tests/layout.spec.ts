/** One dump, read in several ways: with another layout, with what no GC root reaches, with its secrets shown. */
import type { Page } from '@playwright/test'
import { smallDump, unpacked } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, goto, idle, main } from '../harness/page.ts'

test.describe.configure({ mode: 'serial' })

/** The place of the heap, without a view. */
let heap = ''

test('the status line says how objects were laid out and how surely, and leads to an analysis with another layout', async ({
  page,
  folder,
}) => {
  await goto(page, '/')
  await chooseFiles(
    page,
    await folder.write('settings.hprof', withPassword(await unpacked(smallDump('known-17-all.hprof.gz')))),
  )
  await page.waitForURL(/\/overview$/, { timeout: 60_000 })
  await idle(page)
  const status = page.getByRole('contentinfo')
  await expect(status).toContainText('compressed references (certain)')
  await expect(status).toContainText('802.4 KiB used')
  const before = page.url()
  heap = new URL(before).pathname.replace(/\/overview$/, '')

  await status.getByRole('button', { name: /compressed references/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('headers of 12 bytes (arrays: 16); certain')
  const start = dialog.getByRole('button', { name: 'Analyse', exact: true })
  await expect(start).toBeDisabled()
  await dialog.getByLabel('References').selectOption('8 bytes')
  await start.click()
  await page.waitForURL(/~r8\/overview$/)
  await expect(status).toContainText('uncompressed references (chosen)')
  await expect(status).not.toContainText('802.4 KiB used')

  await page.goBack()
  expect(page.url()).toBe(before)
  await expect(status).toContainText('compressed references (certain)')
})

test('a value that looks like a secret is shown to whoever asks for it, and to nobody through the link', async ({
  page,
}) => {
  await goto(page, `${heap}/properties?filter=password`)
  const row = main(page).getByRole('row', { name: /db\.admin\.password1/ })
  await expect(row).toContainText('••••••')
  await expect(main(page)).toContainText('1 looks secret')
  await row.getByRole('button', { name: 'Show the value of db.admin.password1' }).click()
  await expect(row).toContainText('61.0')
  await page.reload()
  await expect(row).toContainText('••••••')
  await main(page).getByRole('button', { name: 'Show 1 hidden value' }).press('Enter')
  await expect(row).toContainText('61.0')
  await main(page).getByRole('button', { name: 'Hide it again' }).press('Enter')
  await expect(row).toContainText('••••••')
  await expect(row).not.toContainText('61.0')
})

test('what no GC root reaches is kept by another analysis, which is asked for where it is missed', async ({ page }) => {
  await goto(page, `${heap}/unreachable`)
  await main(page).getByRole('button', { name: 'Analyse with them kept' }).click()
  await page.waitForURL(/~[^/]*keep[^/]*\/dominators/)
  await expect(main(page).getByRole('treegrid').getByRole('row').nth(1)).toBeVisible()
  await expect(nav(page)).toContainText('unreachable objects kept')
  await nav(page).getByRole('link', { name: 'Unreachable objects' }).click()
  await expect(main(page).getByRole('heading', { name: 'They are kept' })).toBeVisible()
  await main(page).getByRole('link', { name: 'GC roots' }).click()
  await expect(main(page).getByRole('row', { name: /Unreachable/ })).toBeVisible()
})

function nav(page: Page) {
  return page.getByRole('navigation', { name: 'Contents of this case' })
}

/** The same dump, where a system property of every JVM has a name of the same length that promises a secret. */
function withPassword(dump: Uint8Array): Uint8Array {
  const text = Buffer.from(dump).toString('latin1').replaceAll('java.class.version', 'db.admin.password1')
  return Buffer.from(text, 'latin1')
}
