/** The files of running uploads: `<id>` grows as bytes arrive, its size is where a broken upload goes on. */
import { createWriteStream } from 'node:fs'
import { copyFile, readdir, rm, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { diskFull, hasCode, isDiskFull, uploadNotFound } from '../errors.ts'
import type { Disk } from '../storage/disk.ts'

export class UploadFiles extends FileStore {
  /** Ends the request that is writing into the file of an upload. */
  readonly #writing = new Map<string, AbortController>()

  readonly #disk: Disk

  constructor(directory: string, disk: Disk) {
    super({ directory })
    this.#disk = disk
  }

  path(uploadId: string): string {
    return path.join(this.directory, uploadId)
  }

  async receivedBytes(uploadId: string): Promise<number> {
    return (await this.#stat(uploadId))?.size ?? 0
  }

  /** When its last byte arrived, in milliseconds since 1970; undefined when there is no such file. */
  async lastChange(uploadId: string): Promise<number | undefined> {
    return (await this.#stat(uploadId))?.mtimeMs
  }

  async ids(): Promise<string[]> {
    const names = await readdir(this.directory)
    return [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
  }

  /** All bytes of an upload at once, from a file of this machine. */
  copyFrom(file: string, uploadId: string): Promise<void> {
    return copyFile(file, this.path(uploadId))
  }

  /** All bytes of an upload at once, read where they lie. */
  linkTo(file: string, uploadId: string): Promise<void> {
    return symlink(file, this.path(uploadId))
  }

  /** Deletes what there is of an upload, and takes nothing more of it. */
  async forget(uploadId: string): Promise<void> {
    this.#writing.get(uploadId)?.abort()
    for (const file of [this.path(uploadId), `${this.path(uploadId)}.json`]) await rm(file, { force: true })
  }

  /** As its parent, but telling apart a full disk. What arrived before an error stays. */
  override async write(stream: Readable, uploadId: string, offset: number): Promise<number> {
    const file = createWriteStream(this.path(uploadId), { flags: 'r+', start: offset })
    const stop = new AbortController()
    const room = this.#disk.guard()
    this.#writing.set(uploadId, stop)
    try {
      await pipeline(stream, file, { signal: AbortSignal.any([stop.signal, room.signal]) })
    } catch (error) {
      if (stop.signal.aborted) throw uploadNotFound()
      if (room.signal.aborted || isDiskFull(error)) throw diskFull()
      throw error
    } finally {
      room.release()
      if (this.#writing.get(uploadId) === stop) this.#writing.delete(uploadId)
    }
    return offset + file.bytesWritten
  }

  async #stat(uploadId: string) {
    try {
      return await stat(this.path(uploadId))
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined
      throw error
    }
  }
}
