/** Evidence that was made to do harm: what it names is text in every view, and no view asks another server for anything. */
import type { Page } from '@playwright/test'
import { corruptFile } from '../harness/files.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { chooseFiles, evidence, goto, idle, main } from '../harness/page.ts'

/** A class: in names of classes a dump has `/` where Java has `.`. */
const SCRIPT = '<script>alert(1)<.script>'

test('names that are markup are text in every view of a heap', async ({ page, folder, server }) => {
  const harm = watchForHarm(page, server.url)
  const file = await folder.write(`<img src=x onerror=alert(3)>.hprof`, await corruptFile('html-in-names.hprof'))
  await goto(page, '/')
  await chooseFiles(page, file)
  await page.waitForURL(/\/overview$/)
  await idle(page)
  const heap = new URL(page.url()).pathname.replace(/\/overview$/, '')
  await goto(page, `${heap}/histogram?filter=alert`)
  await expect(main(page)).toContainText(SCRIPT)
  const { rows } = await ask<{ rows: { classId: string }[] }>(server.url, heap, '/histogram?filter=alert')
  const classes = rows.map(({ classId }) => classId)
  const objects = await ask<{ rows: { id: string }[] }>(server.url, heap, `/objects?classId=${classes[0]}`)
  const object = objects.rows[0]?.id ?? classes[0]
  const views = [
    '/suspects',
    '/netty',
    ...['package', 'loader', 'superclass'].map((group) => `/histogram?group=${group}&filter=alert`),
    '/dominators?filter=alert',
    '/dominators?group=class',
    '/dominators?as=icicle',
    '/dominators?as=treemap',
    '/threads',
    '/gc-roots',
    '/class-loaders',
    '/class-loaders?shape=duplicates',
    '/properties',
    '/waste',
    '/waste?of=collections&by=holder',
    '/unreachable',
    ...classes.flatMap((id) => [
      `/classes/${id}`,
      `/objects/${id}`,
      `/objects/${id}?tab=outgoing`,
      `/objects/${id}?tab=incoming`,
    ]),
    `/objects/${object}`,
    `/objects/${object}/paths`,
    ...['merged-paths', 'retained-set', 'immediate-dominators'].map((view) => `/${view}?classes=${classes.join(',')}`),
  ]
  for (const view of views) {
    await goto(page, heap + view)
    await expect(main(page)).not.toBeEmpty()
    expect(await harm(), view).toEqual([])
  }
  await goto(page, heap.replace(/\/heap\/.*/, ''))
  await expect(evidence(page, '<img src=x onerror=alert(3)>.hprof')).toBeVisible()
  await goto(page, '/')
  expect(await harm()).toEqual([])
})

test('an analysis that failed says why, and is tried again by a button', async ({ page, folder }) => {
  await goto(page, '/')
  await chooseFiles(page, await folder.write('odd.hprof', await corruptFile('idsize-3.hprof')))
  const row = evidence(page, 'odd.hprof')
  await expect(row).toContainText('failed')
  const again = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/retry'),
  )
  await row.getByRole('button', { name: 'Analyse again: odd.hprof' }).click()
  expect((await again).status()).toBe(200)
  await expect(row).toContainText('failed')
  await expect(row).toContainText(/byte [\d,]+/)
})

/** @returns what happened until now that must not: dialogs, elements made of names, requests to others */
function watchForHarm(page: Page, url: string): () => Promise<string[]> {
  const harm: string[] = []
  page.on('dialog', (dialog) => {
    harm.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !/^(data|blob):/.test(request.url()))
      harm.push(`request ${request.url()}`)
  })
  return async () => {
    const made = await page.locator('img[src="x"], script:not([src])').count()
    return made === 0 ? [...harm] : [...harm, `${made} elements`]
  }
}

/** A question to the heap whose views lie below this path. */
async function ask<T>(url: string, heap: string, question: string): Promise<T> {
  const artifact = heap.split('/').at(-1)
  const answer = await fetch(`${url}/api/artifacts/${artifact}/heap${question}`)
  return (await answer.json()) as T
}
