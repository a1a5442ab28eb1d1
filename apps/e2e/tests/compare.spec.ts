/** Is the fix good? Two dumps in one case, beside each other. */
import { smallDump } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { expectLinkShowsTheSame } from '../harness/links.ts'
import { chooseFiles, goto, idle, main } from '../harness/page.ts'

test('a leak that the second dump has no more is fixed, by name, with both paths; swapped it is new', async ({
  page,
  browser,
}) => {
  await goto(page, '/')
  await chooseFiles(page, smallDump('leak-17.hprof.zst'), smallDump('known-17.hprof.gz'))
  const compare = page.getByRole('link', { name: 'Compare dumps' })
  await expect(compare).toBeVisible({ timeout: 60_000 })
  await compare.click()
  await idle(page)
  const before = page.getByRole('combobox', { name: 'Before' })
  const isLeakFirst = (await before.locator('option:checked').textContent())?.startsWith('leak-17') === true
  if (!isLeakFirst) await page.getByRole('button', { name: 'Swap' }).click()
  await idle(page)
  const suspect = main(page).getByRole('article')
  await expect(suspect).toContainText('Fixed: Scenarios$SessionManager#sessions')
  await expect(suspect).toContainText('SM of class Scenarios')
  await expect(main(page).getByRole('table').first()).toContainText('Objects')
  await expectLinkShowsTheSame(page, browser)

  await page.getByRole('button', { name: 'Swap' }).click()
  await idle(page)
  await expect(suspect).toContainText('New leak: Scenarios$SessionManager#sessions')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'HTML file' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('comparison.html')

  await test.step('a finding of the case is dismissed with a reason, shown as that, and counts again', async () => {
    await page
      .getByRole('navigation', { name: 'Contents of this case' })
      .getByRole('link', { name: 'Evidence' })
      .click()
    await idle(page)
    const counting = main(page).getByRole('list', { name: 'Findings', exact: true }).getByRole('article')
    const finding = counting.filter({ hasText: 'Scenarios$SessionManager#sessions' })
    await finding.getByRole('button', { name: 'Dismiss …' }).click()
    await finding.getByRole('textbox', { name: 'Why is it no problem?' }).fill('a cache that is filled at start')
    await finding.getByRole('button', { name: 'Dismiss', exact: true }).click()
    await expect(finding).toHaveCount(0)
    await page.reload()
    await main(page).getByText('1 dismissed:').click()
    const dismissed = main(page).getByRole('list', { name: 'Dismissed findings' }).getByRole('article')
    await expect(dismissed).toContainText('Dismissed: a cache that is filled at start')
    await dismissed.getByRole('button', { name: 'It counts after all' }).click()
    await expect(finding).toHaveCount(1)
  })
})
