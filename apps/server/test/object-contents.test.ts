/** What is inside objects, over HTTP. */
import { ErrorBody } from '@heaptrail/api/errors'
import { References } from '@heaptrail/api/heap'
import { Contents, HexRows, TextPage } from '@heaptrail/api/heap-contents'
import { ReferenceGroups, RetainedBreakdown } from '@heaptrail/api/heap-references'
import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

test('members of collections, texts and bytes, shown and taken away', async () => {
  const scene = new Scene()
  // One byte before a piece ends, so that both halves of the last character stand on different pages.
  const long = `${'x'.repeat(65_535)}😀 end\ud83d`
  const text = scene.string(long)
  const bytes = scene.primitiveArray('byte', [72, 105, -1])
  const elementData = scene.objectArray([text, bytes, 0])
  const type = scene.defineClass('java.util.ArrayList', { fields: { size: 'int', elementData: 'object' } })
  const list = scene.instance(type, { size: 2, elementData })
  scene.keep(list)

  const { url } = await startTestServer()
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'a.hprof', bytes: scene.bytes() })
  const ask = (id: number, path: string): Promise<Response> =>
    request(url, `/api/artifacts/${artifact?.id}/heap/objects/0x${id.toString(16)}/${path}`)

  const members = await expectAnswer(await ask(list, 'contents'), 200, Contents)
  expect([members.kind, members.total]).toEqual(['list', 2])
  expect(members.rows.map(({ value }) => value)).toMatchObject([
    { kind: 'reference', object: { label: { kind: 'string', length: long.length } } },
    { kind: 'reference', object: { label: { kind: 'array', length: 3 } } },
  ])
  const page = await expectAnswer(await ask(text, 'text?offset=65535&limit=100'), 200, TextPage)
  expect(page).toMatchObject({ text: '😀 end\ud83d', total: long.length })
  expect((await expectAnswer(await ask(bytes, 'hex'), 200, HexRows)).rows).toEqual([
    { at: 0, hex: '48 69 ff', text: 'Hi.' },
  ])

  const file = await ask(text, 'download?as=text')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="0x[0-9a-f]+\.txt"$/)
  expect(await file.text()).toBe(`${'x'.repeat(65_535)}😀 end\ufffd`)
  const raw = await ask(bytes, 'download?as=bytes')
  expect(raw.headers.get('content-type')).toBe('application/octet-stream')
  expect([...new Uint8Array(await raw.arrayBuffer())]).toEqual([72, 105, 255])
  expect(await (await ask(bytes, 'download?as=numbers')).text()).toBe('72\n105\n-1\n')
  await expectAnswer(await ask(list, 'download?as=bytes'), 400, ErrorBody)

  const { groups } = await expectAnswer(await ask(elementData, 'references/outgoing/groups'), 200, ReferenceGroups)
  expect(groups.map(({ className, objects }) => [className, objects])).toContainEqual(['byte[]', 1])
  const strings = groups.find(({ className }) => className === 'java.lang.String')
  const path = `references/outgoing/members?group=${encodeURIComponent(strings?.id ?? '')}`
  const found = await expectAnswer(await ask(elementData, path), 200, References)
  expect(found.rows.map(({ edges }) => edges)).toEqual([[{ kind: 'element', name: '[0]' }]])
  const { own, children } = await expectAnswer(await ask(list, 'retained'), 200, RetainedBreakdown)
  expect([own, children.classes.map(({ className }) => className)]).toEqual([24, ['java.lang.Object[]']])
  await expectAnswer(await ask(text, 'contents'), 400, ErrorBody)
})
