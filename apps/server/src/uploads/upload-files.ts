/** The files of running uploads: `<id>` grows as bytes arrive, its size is where a broken upload goes on. */
import { createWriteStream } from 'node:fs'
import { copyFile, readdir, rm, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { diskFull, hasCode, isDiskFull, uploadNotFound } from '../errors.ts'
import type { Disk } from '../storage/disk.ts'
import { pour, type PourOptions, WAITING_BYTES } from './pour.ts'

interface Appending extends Omit<PourOptions, 'signal'> {
  /** Bytes that are in the file already. */
  readonly offset: number
}

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
    const never = new AbortController().signal
    return offset + (await this.append(stream, uploadId, { offset, most: Infinity, enough: never, onBytes: () => {} }))
  }

  /**
   * Writes what comes to the end of an upload's file. What arrived before an error stays.
   * @returns how many bytes
   * @throws ApiError `disk-full`, `too-large`; `not-found` when the upload is given up meanwhile
   */
  async append(stream: Readable, uploadId: string, { offset, ...options }: Appending): Promise<number> {
    const at = { flags: 'r+', start: offset, highWaterMark: WAITING_BYTES }
    const file = createWriteStream(this.path(uploadId), at)
    const stop = new AbortController()
    const room = this.#disk.guard()
    this.#writing.set(uploadId, stop)
    try {
      return await pour(stream, file, { ...options, signal: AbortSignal.any([stop.signal, room.signal]) })
    } catch (error) {
      if (stop.signal.aborted || hasCode(error, 'ENOENT')) throw uploadNotFound()
      if (room.signal.aborted || isDiskFull(error)) throw diskFull()
      throw error
    } finally {
      room.release()
      if (this.#writing.get(uploadId) === stop) this.#writing.delete(uploadId)
    }
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
