/** Files that people drop, in a folder that is removed at the end. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { ROOT } from './server-process.ts'

export const DEMO_DUMP = path.join(ROOT, 'apps/server/demo/fetch.tar.gz')
export const DEMO_LOG = path.join(ROOT, 'apps/server/demo/jstat-gcutil-100.log')

export function smallDump(file: string): string {
  return path.join(ROOT, 'packages/fixtures/dumps', file)
}

export function archive(file: string): string {
  return path.join(ROOT, 'packages/fixtures/archives', file)
}

/** A file of the set of damaged and hostile ones: plain entries of a tar, each a header of 512 bytes and its content. */
export async function corruptFile(file: string): Promise<Uint8Array> {
  const tar = zstdDecompressSync(await readFile(path.join(ROOT, 'packages/fixtures/corrupt/corrupt.tar.zst')))
  for (let at = 0; tar[at] !== 0;) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8)
    if (tar.toString('utf8', at, tar.indexOf(0, at)) === file) return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`there is no damaged file ${file}`)
}

export class Folder {
  readonly path: string

  private constructor(folder: string) {
    this.path = folder
  }

  static async create(): Promise<Folder> {
    return new Folder(await mkdtemp(path.join(tmpdir(), 'heaptrail-e2e-')))
  }

  /** @returns the path of a new file */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(this.path, name)
    await writeFile(file, content)
    return file
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The bytes of a file, unpacked when its name ends in `.gz` or `.zst`. */
export async function unpacked(file: string): Promise<Uint8Array> {
  const content = await readFile(file)
  if (file.endsWith('.gz')) return gunzipSync(content)
  return file.endsWith('.zst') ? zstdDecompressSync(content) : content
}

export interface TarEntry {
  readonly name: string
  readonly content: string | Uint8Array
}

/** A `.tar.gz` as `tar czf` writes it (POSIX ustar, short names). */
export function tarGz(entries: readonly TarEntry[]): Uint8Array {
  return gzipSync(Buffer.concat([...entries.flatMap(tarEntry), Buffer.alloc(1024)]))
}

function tarEntry({ name, content }: TarEntry): Uint8Array[] {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        0', 148)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
}
