/** What the list of cases says at a glance, and where it leads. */
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'

test('cases are found by their title and evidence, with what is grave in them', async ({ page, demo }) => {
  await goto(page, '/')
  const row = main(page).getByRole('row').filter({ hasText: 'Demo: a push service' })
  await expect(row).toContainText('Utils.bufPool')
  await page.keyboard.press('/')
  await page.keyboard.type('nothing like this')
  await expect(main(page)).toContainText('No case matches')
  await page.keyboard.press('Escape')
  await page.keyboard.type('push fetch')
  await expect(page).toHaveURL(/\?filter=push\+?(%20)?fetch$/)
  await row.getByRole('link', { name: /Utils.bufPool/ }).click()
  await page.waitForURL(new RegExp(`/cases/${demo.caseId}/heap/${demo.dumpId}/suspects$`))
  await idle(page)
  await page.goBack()
  await expect(main(page).getByRole('textbox', { name: 'Search cases' })).toHaveValue('push fetch')
})
