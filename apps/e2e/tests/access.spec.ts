/** A server that others can reach: whoever follows a link gives the key and sees what the link leads to. */
import AxeBuilder from '@axe-core/playwright'
import path from 'node:path'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'
import { ServerProcess } from '../harness/server-process.ts'

const KEY = 'a-key-that-nobody-guesses'

test('a link opens after the access key was given, and not before', async ({ page, folder }) => {
  const server = new ServerProcess(path.join(folder.path, 'shared'), {
    HEAPTRAIL_HOST: '0.0.0.0',
    HEAPTRAIL_ACCESS_KEY: KEY,
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
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
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
