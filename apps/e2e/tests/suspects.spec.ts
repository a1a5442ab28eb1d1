/** A suspect is read, dismissed with a reason beside its evidence, seen dismissed in the case, and counts again. */
import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, main } from '../harness/page.ts'

test('a suspect is dismissed where it is read, and the case knows', async ({ page, demo }) => {
  const { suspects } = demoPlaces(demo)
  const first = main(page).getByRole('list', { name: 'Who holds the heap' }).getByRole('article').first()
  await test.step('names break behind their dots only', async () => {
    await goto(page, suspects)
    const option = first.getByText('-Dio.netty.leakDetection.level=paranoid', { exact: true })
    await expect(option).toBeVisible()
    const widths = await option.evaluate((code) =>
      [...code.children].map((part) => part.getClientRects().length).filter((lines) => lines > 1),
    )
    expect(widths, 'parts of a name on more than one line').toEqual([])
  })
  await test.step('every figure of the story leads to where it is seen', async () => {
    const loose = await first.locator('h2, p, dd').evaluateAll((parts) =>
      parts.flatMap((part) => {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
        const found: string[] = []
        for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
          if (text.parentElement?.closest('a, code') === null && /\d/.test(text.nodeValue ?? ''))
            found.push(text.nodeValue ?? '')
        return found
      }),
    )
    expect(loose).toEqual([])
    await first.getByRole('link', { name: /^4$/ }).click()
    await expect(main(page).getByRole('heading', { level: 2 }).first()).toContainText('bufPool')
    await page.goBack()
    await expect(first).toBeVisible()
  })
  await test.step('on paper, which is white, letters are dark in the dark theme, too', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect(first).toHaveCSS('color', 'rgb(26, 31, 38)')
    await page.emulateMedia({ media: null, colorScheme: null })
  })
  await test.step('dismissed with a reason, it says so', async () => {
    await first.getByRole('button', { name: 'Dismiss …' }).click()
    await page.getByRole('textbox', { name: 'Why is it no problem?' }).fill('known, fixed in 2.1')
    await page.keyboard.press('Enter')
    const dismissed = main(page).getByRole('article').filter({ hasText: 'Dismissed: known, fixed in 2.1' })
    await expect(dismissed).toContainText('Utils.bufPool')
  })
  await test.step('the case says so, and it counts again', async () => {
    await goto(page, `/cases/${demo.caseId}`)
    await main(page).getByText('1 dismissed: Netty buffers are never released').click()
    await expect(main(page).getByText('Dismissed: known, fixed in 2.1')).toBeVisible()
    await main(page).getByRole('button', { name: 'It counts after all' }).click()
    await expect(main(page).getByText('1 dismissed')).toHaveCount(0)
  })
  await test.step('the log and the dump of the case lead to each other', async () => {
    const findings = main(page).getByRole('list', { name: 'Findings' })
    await expect(findings.getByRole('link', { name: /says: .*Utils\.bufPool/ }).first()).toBeVisible()
    // What explains each other stands side by side: who fills the heap, and the log of the full heap.
    await expect(findings.getByRole('article').nth(0)).toContainText('lost in Utils.bufPool')
    await expect(findings.getByRole('article').nth(1)).toContainText('Heap exhausted')
    const back = findings.getByRole('article').filter({ hasText: 'Utils.bufPool' }).filter({ hasText: 'Who holds' })
    await back
      .first()
      .getByRole('link', { name: /says: / })
      .click()
    await page.waitForURL(/\/gc\/.*finding=/)
  })
})
