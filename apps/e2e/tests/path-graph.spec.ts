import { demoPlaces } from '../harness/demo-places.ts'
import { expect, test } from '../harness/heaptrail.ts'
import { goto, idle, main } from '../harness/page.ts'

test('paths as a graph: what several of them pass stands there once, and is walked with the arrow keys', async ({
  page,
  demo,
}) => {
  await goto(page, demoPlaces(demo).paths)
  await main(page).getByText('Graph', { exact: true }).click()
  await expect(page).toHaveURL(/\/paths\?as=graph&exclude=/)
  const graph = main(page).getByRole('group', { name: 'Paths as a graph, roots above' })
  const arena = graph.getByRole('button', { name: /PoolArena\$HeapArena 0xfd59b668 13\.8 MiB retained/ })
  const utils = graph.getByRole('button', { name: /class Utils .*your code 0xfd59a880 .*through bufPool/ })
  await expect(arena).toHaveCount(1)
  await expect(utils).toHaveCount(1)
  await expect(graph.getByRole('button', { name: /GC root: JNI Global/ })).toHaveCount(1)
  await expect(graph.getByRole('img', { name: 'bufPool' })).toHaveCount(1)
  await idle(page)

  await arena.focus()
  for (const holder of [/0xfd5dd908/, /PooledByteBufAllocator 0xfd59b5d8/]) {
    await page.keyboard.press('ArrowUp')
    await expect(graph.getByRole('button', { name: holder })).toBeFocused()
  }
  await expect(page.getByRole('complementary')).toContainText('PooledByteBufAllocator')
  await page.keyboard.press('End')
  await expect(arena).toBeFocused()
  await utils.click()
  await expect(utils).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/object=0xfd59a880/)
  await expect(page.getByRole('complementary')).toContainText('bufPool')

  await goto(page, page.url())
  await expect(utils).toHaveAttribute('aria-pressed', 'true')
  await utils.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/objects\/0xfd59a880$/)
  await page.goBack()
  await main(page).getByText('Show more paths').click()
  await expect(main(page)).toContainText('11 paths; there are no more')
})

test('which packages are own code is chosen for the case, and the mark goes to the first holder in them', async ({
  page,
  demo,
  server,
}) => {
  const reset = () =>
    fetch(`${server.url}/api/cases/${demo.caseId}/own-code`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"packages":null}',
    })
  await goto(page, demoPlaces(demo).paths)
  const choice = main(page).getByRole('group', { name: 'Own code:' })
  await expect(choice).toContainText('demo')
  await expect(choice).toContainText('told from the main class')
  const marked = main(page).getByRole('row').filter({ hasText: 'your code' }).first()
  await expect(marked).toContainText('Utils')
  try {
    await choice.getByRole('button', { name: 'Change' }).click()
    await choice.getByRole('textbox').fill('io.netty')
    await page.keyboard.press('Enter')
    await expect(choice).toContainText('chosen for this case')
    await expect(marked).toContainText('PoolArena[4]')
    await choice.getByRole('button', { name: 'io.netty is not own code' }).click()
    await expect(marked).toContainText('Utils')
    await choice.getByRole('button', { name: 'Let the heap tell' }).click()
    await expect(choice).toContainText('told from the main class')
    await expect(choice.getByRole('button', { name: 'Let the heap tell' })).toHaveCount(0)
  } finally {
    await reset()
  }
})
