/** A server that others can reach: whoever follows a link gives the key and sees what the link leads to. */
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { expectNoViolations } from '../harness/accessibility.ts'
import { smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'
import { ServerProcess } from '../harness/server-process.ts'

const KEY = 'a-key-that-nobody-guesses'

test('a link opens after the access key was given, and not before; then files in its import folder', async ({
  page,
  folder,
}) => {
  const importFolder = path.join(folder.path, 'import')
  await mkdir(path.join(importFolder, 'monday'), { recursive: true })
  await copyFile(smallDump('known-17.hprof.gz'), path.join(importFolder, 'monday/known.hprof.gz'))
  const server = new ServerProcess(path.join(folder.path, 'shared'), {
    HEAPTRAIL_HOST: '0.0.0.0',
    HEAPTRAIL_ACCESS_KEY: KEY,
    HEAPTRAIL_IMPORT_DIR: importFolder,
  })
  await server.start()
  try {
    const made = await fetch(`${server.url}/api/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'A secret incident' }),
    })
    const { id } = (await made.json()) as { id: string }
    // A second loopback address stands for another machine.
    const link = `${server.url.replace('127.0.0.1', '127.0.0.2')}/cases/${id}`

    await page.goto(link)
    await expect(page.getByRole('heading', { name: /asks for its access key/ })).toBeVisible()
    await expect(page.locator('body')).not.toContainText('A secret incident')
    await expectNoViolations(page)
    const field = page.getByLabel('Access key')
    await field.fill('not the key at all')
    await field.press('Enter')
    await expect(page.getByText('This is not the access key of this server.')).toBeVisible()
    await field.fill(KEY)
    await field.press('Enter')
    await expect(page).toHaveURL(link)
    await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('A secret incident')
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'has to give the access key' })).toBeVisible()

    await page.getByRole('link', { name: 'All cases', exact: true }).click()
    await expect(page).toHaveURL(/:\d+\/$/)
    await main(page).locator('summary').filter({ hasText: 'Files on the server’s machine' }).press('Enter')
    const files = main(page).getByRole('table', { name: 'Files on the server’s machine' })
    await expect(files.getByRole('row', { name: /monday\/known\.hprof\.gz/ })).toContainText(/\d [KM]iB/)
    await idle(page)
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Open monday/known.hprof.gz in a new case' }).press('Enter')
    await page.waitForURL(/\/overview$/)
    await expect(page.getByRole('contentinfo')).toContainText('1.3 MiB used')

    await page.getByRole('button', { name: 'Access' }).click()
    await page.getByRole('menuitem', { name: 'Sign out in this browser' }).click()
    await expect(page.getByRole('heading', { name: /asks for its access key/ })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: /asks for its access key/ })).toBeVisible()
  } finally {
    await server.remove()
  }
})

test('on 127.0.0.1 the copied link is said to open on this machine only', async ({ page }) => {
  await goto(page, '/')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Only this machine can open this link')).toBeVisible()
  await expect(page.getByText('HEAPTRAIL_ACCESS_KEY')).toBeVisible()
  await idle(page)
  await expect(main(page)).toBeVisible()
})
