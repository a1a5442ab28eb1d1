/** Is the fix good? Two dumps in one case, beside each other. */
import { pathToFileURL } from 'node:url'
import { expectNoViolationsInBothThemes } from '../harness/accessibility.ts'
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
  // What the field holds now is beside it, by the same path.
  await expect(suspect).toContainText('The path is the same on both sides.')
  await expect(suspect.getByLabel('Held by')).toHaveCount(2)
  await expect(main(page)).toContainText('The dumps are of two processes')
  await expect(main(page).getByRole('table').first()).toContainText('Objects')
  await expectLinkShowsTheSame(page, browser)
  await expectNoViolationsInBothThemes(page)

  await test.step('what a static field frees is asked beside it', async () => {
    await suspect.getByRole('link', { name: 'class Scenarios' }).first().click()
    await idle(page)
    await main(page).getByRole('link', { name: 'What if SM were cut?' }).click()
    const answer = main(page).getByRole('region', { name: 'What if this reference were cut?' })
    await expect(answer.getByRole('status')).toContainText('would be free.')
    await page.goBack()
    await page.goBack()
    await idle(page)
  })

  await page.getByRole('button', { name: 'Swap' }).click()
  await idle(page)
  await expect(suspect).toContainText('New leak: Scenarios$SessionManager#sessions')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'HTML file' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('comparison.html')
  await test.step('the file says the same without a server', async () => {
    const copy = test.info().outputPath('comparison.html')
    await file.saveAs(copy)
    const alone = await page.context().newPage()
    const requests: string[] = []
    alone.on('request', (request) => requests.push(request.url()))
    await alone.goto(pathToFileURL(copy).href)
    await expect(alone.getByRole('article')).toContainText('New leak: Scenarios$SessionManager#sessions')
    await expect(alone.getByRole('article').locator('section')).toHaveCount(2)
    await alone.getByRole('link', { name: 'Packages by growth' }).click()
    await expect(alone).toHaveURL(/#packages$/)
    await expect(alone.getByRole('heading', { name: 'Packages by growth' })).toBeInViewport()
    expect(requests).toEqual([pathToFileURL(copy).href])
    await alone.close()
  })

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

  await test.step('with a third dump there is growth over all of them, by suspect and by class', async () => {
    await chooseFiles(page, smallDump('cyclic-17.hprof.zst'))
    const growth = page.getByRole('link', { name: 'Growth over dumps' })
    await expect(growth).toBeVisible({ timeout: 60_000 })
    await growth.click()
    await idle(page)
    await expect(main(page)).toContainText('The dumps stand where their own times put them.')
    const [suspects, classes] = [main(page).getByRole('table').first(), main(page).getByRole('table').nth(1)]
    await expect(suspects.getByRole('columnheader')).toHaveCount(6)
    await expect(suspects.getByRole('link', { name: 'scen.Scenarios$SessionManager#sessions' })).toBeVisible()
    await main(page).getByText('Objects', { exact: true }).click()
    await main(page).getByRole('textbox', { name: 'Filter by class or field' }).fill('Scenarios$Session')
    const sessions = classes.getByRole('row').filter({ hasText: 'scen.Scenarios$Session' }).first()
    await expect(sessions).toContainText('10,000')
    await expect(page).toHaveURL(/figure=objects&filter=/)
    await expectLinkShowsTheSame(page, browser)
    await expectNoViolationsInBothThemes(page)
    await sessions.getByRole('link').click()
    await expect(main(page).getByRole('heading', { name: 'Histogram' })).toBeVisible()
  })
})
