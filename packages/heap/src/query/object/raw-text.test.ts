import { Scene } from '@heaptrail/fixtures/scene'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Heap, printId } from '../heap.ts'
import type { TextEncoding } from '../messages.ts'
import { arrayPiece, hexRows, textPage } from './raw-text.ts'
import { analysed } from '../testing/analysed.ts'

async function heapWith(build: (scene: Scene) => number): Promise<{ heap: Heap; id: string }> {
  const scene = new Scene()
  const id = build(scene)
  scene.keep(id)
  return { heap: await analysed(scene.bytes()), id: printId(BigInt(id)) }
}

/** Signed, as a byte[] has them. */
function bytesOf(text: string): number[] {
  const encoded = encodeURIComponent(text).matchAll(/%(..)|(.)/g)
  return Array.from(encoded, ([, hex, letter]) =>
    hex === undefined ? letter.charCodeAt(0) : (parseInt(hex, 16) << 24) >> 24,
  )
}

function whole(heap: Heap, id: string, limit: number, encoding?: TextEncoding): string {
  let text = ''
  for (let offset = 0, total = 1; offset < total;) {
    const page = textPage(heap, id, { offset, limit, encoding })
    expect(page.length).toBeGreaterThan(0)
    text += page.text
    offset += page.length
    ;({ total } = page)
  }
  return text
}

describe('texts page by page', () => {
  test('pages of any size make up the whole text', async () => {
    const pageSize = fc.integer({ min: 1, max: 9 })
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '推', '😀', '\n'), minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, pageSize, async (original, limit) => {
        const bytes = await heapWith((scene) => scene.primitiveArray('byte', bytesOf(original)))
        expect(whole(bytes.heap, bytes.id, limit, 'utf-8')).toBe(original)
        const string = await heapWith((scene) => scene.string(original))
        expect(whole(string.heap, string.id, limit)).toBe(original)
      }),
      { numRuns: 60 },
    )
  })

  test.each<[string, TextEncoding, number[]]>([
    ['grüße', 'utf-8', bytesOf('grüße')],
    ['grüße', 'latin-1', Array.from('grüße', (letter) => (letter.charCodeAt(0) << 24) >> 24)],
    ['user', 'utf-16le', Array.from('user').flatMap((letter) => [letter.charCodeAt(0), 0])],
    ['', 'utf-8', []],
  ])('bytes that look like %s in %s are read so', async (text, encoding, bytes) => {
    const { heap, id } = await heapWith((scene) => scene.primitiveArray('byte', bytes))
    expect(textPage(heap, id, { offset: 0, limit: 100 })).toMatchObject({ text, encoding, total: bytes.length })
  })

  test('a string builder ends where its text ends, a lone surrogate stays what it is', async () => {
    const builder = await heapWith((scene) => {
      const base = scene.defineClass('java.lang.AbstractStringBuilder', {
        fields: { value: 'object', coder: 'byte', count: 'int' },
      })
      const type = scene.defineClass('java.lang.StringBuilder', { superclass: base })
      return scene.instance(type, { value: scene.primitiveArray('byte', bytesOf('hello\0\0\0')), count: 5 })
    })
    expect(textPage(builder.heap, builder.id, { offset: 1, limit: 100 })).toMatchObject({ text: 'ello', total: 5 })
    const lone = await heapWith((scene) => scene.string('a\ud83d'))
    expect(textPage(lone.heap, lone.id, { offset: 0, limit: 100 }).text).toBe('a\ud83d')
  })
})

test('bytes in rows of sixteen, those of numbers with the highest first', async () => {
  const { heap, id } = await heapWith((scene) => scene.primitiveArray('int', [1, -1, 0x41424344, 0, 17]))
  expect(hexRows(heap, id, { offset: 0, limit: 10 })).toEqual({
    total: 2,
    offset: 0,
    rows: [
      { at: 0, hex: '00 00 00 01 ff ff ff ff 41 42 43 44 00 00 00 00', text: '........ABCD....' },
      { at: 16, hex: '00 00 00 11', text: '....' },
    ],
  })
  expect(hexRows(heap, id, { offset: 1, limit: 1 }).rows).toHaveLength(1)
  expect(arrayPiece(heap, id, { as: 'numbers', offset: 1, limit: 2 })).toEqual({ data: '-1\n1094861636\n', total: 5 })
  expect(arrayPiece(heap, id, { as: 'bytes', offset: 4, limit: 9 }).data).toBe('AAAAEQ==')
})

test('what has no text or bytes says so', async () => {
  const { heap, id } = await heapWith((scene) => scene.instance(scene.class('java.lang.Thread')))
  expect(() => textPage(heap, id, { offset: 0, limit: 1 })).toThrow('This object has no text.')
  expect(() => hexRows(heap, id, { offset: 0, limit: 1 })).toThrow('This object is no primitive array.')
})
