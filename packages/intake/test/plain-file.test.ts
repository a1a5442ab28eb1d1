import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { plainFile } from '../src/plain-file.ts'
import { withFile } from './collect.ts'
import { dumpBytes } from './make.ts'

test('a plain file is told by its first bytes, a packed one is left to be unpacked', async () => {
  const tell = (bytes: Uint8Array) => withFile(bytes, plainFile)
  expect(await tell(dumpBytes(70_000))).toEqual({ kind: 'heap-dump', size: 70_000 })
  expect(await tell(Buffer.from('hello'))).toEqual({ kind: 'unknown', size: 5 })
  expect(await tell(Buffer.alloc(0))).toEqual({ kind: 'unknown', size: 0 })
  expect(await tell(gzipSync(dumpBytes()))).toBeUndefined()
})
