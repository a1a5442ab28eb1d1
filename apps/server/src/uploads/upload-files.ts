/** The files of running uploads: `<id>` grows as bytes arrive, its size is where a broken upload goes on. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { copyFile, readdir, rm, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { EVENTS } from '@tus/server'
import { diskFull, hasCode, isDiskFull, uploadNotFound } from '../errors.ts'
import type { Disk } from '../storage/disk.ts'
import { pour } from '../storage/pour.ts'

/** So often others are told how far an upload is. */
const TELL_MS = 250

/** What ends a request that is writing into the file of an upload. */
interface Writing {
  /** Nothing of it counts. */
  readonly stop: AbortController
  /** What has come counts. */
  readonly enough: AbortController
}

export class UploadFiles extends FileStore {
  readonly #writing = new Map<string, Writing>()

  readonly #disk: Disk

  /** The body of the request at hand. */
  readonly #body = new AsyncLocalStorage<Readable>()

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
    this.#writing.get(uploadId)?.stop.abort(uploadNotFound())
    for (const file of [this.path(uploadId), `${this.path(uploadId)}.json`]) await rm(file, { force: true })
  }

  /** Whatever `work` writes into a file comes from there, and not from the stream that it gives. */
  receiving<T>(body: Readable, work: () => Promise<T>): Promise<T> {
    return this.#body.run(body, work)
  }

  /** Ends the request that is writing into the file of an upload; what has come counts. */
  endWriting(uploadId: string): void {
    this.#writing.get(uploadId)?.enough.abort()
  }

  /**
   * As its parent, but straight from the socket, and telling apart a full disk. What arrived before an error stays.
   * @param stream ends at once: the library gets requests without their bodies
   */
  override async write(stream: Readable, uploadId: string, offset: number): Promise<number> {
    stream.resume()
    const body = this.#body.getStore()
    if (body === undefined) return offset
    const upload = await this.getUpload(uploadId)
    const writing = { stop: new AbortController(), enough: new AbortController() }
    const room = this.#disk.guard()
    this.#writing.set(uploadId, writing)
    let timer: NodeJS.Timeout | undefined
    const tell = () => {
      timer = undefined
      this.emit(EVENTS.POST_RECEIVE, undefined, upload)
    }
    try {
      const bytes = await pour(body, this.path(uploadId), {
        from: offset,
        most: (upload.size ?? 0) - offset,
        stop: AbortSignal.any([writing.stop.signal, room.signal]),
        enough: writing.enough.signal,
        onBytes: () => void (timer ??= setTimeout(tell, TELL_MS)),
      })
      return offset + bytes
    } catch (error) {
      throw isDiskFull(error) ? diskFull() : error
    } finally {
      clearTimeout(timer)
      room.release()
      if (this.#writing.get(uploadId) === writing) this.#writing.delete(uploadId)
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
