import type { Damage } from './report.ts'

/**
 * Bytes of a stream, taken as needed: the caller pulls, so that nothing is held but the chunk at hand.
 * A source that breaks off ends like any other, after calling `breakOff` with the reason.
 */
export class ByteReader {
  /** Bytes taken so far. */
  position = 0
  /** Why the bytes end before their time, once they did. */
  damage: Damage | undefined
  #source: AsyncIterator<Uint8Array> | undefined
  /** Chunks peeked at or put back, none of them empty. */
  #ahead: Uint8Array[] = []

  constructor(source: (breakOff: (damage: Damage) => void) => AsyncIterable<Uint8Array>) {
    const chunks = source((damage) => {
      this.damage ??= damage
    })
    this.#source = chunks[Symbol.asyncIterator]()
  }

  /** @returns the next bytes without taking them: `count` of them, less only where the stream ends. */
  async peek(count: number): Promise<Uint8Array> {
    let available = this.#ahead.reduce((sum, chunk) => sum + chunk.length, 0)
    while (available < count) {
      const chunk = await this.#pull()
      if (chunk === undefined) break
      this.#ahead.push(chunk)
      available += chunk.length
    }
    if (this.#ahead.length > 1) this.#ahead = [Buffer.concat(this.#ahead)]
    return this.#ahead[0]?.subarray(0, count) ?? new Uint8Array(0)
  }

  /** @returns the next chunk of at most `most` bytes, or undefined at the end. */
  async read(most = Infinity): Promise<Uint8Array | undefined> {
    const chunk = this.#ahead.shift() ?? (await this.#pull())
    if (chunk === undefined) return undefined
    const taken = chunk.length > most ? chunk.subarray(0, most) : chunk
    if (taken !== chunk) this.#ahead.unshift(chunk.subarray(most))
    this.position += taken.length
    return taken
  }

  /** @returns exactly `count` bytes, less only where the stream ends. For headers: they are held in memory. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count)
    await this.skip(bytes.length)
    return bytes
  }

  /** Puts back the last bytes taken. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#ahead.unshift(bytes)
    this.position -= bytes.length
  }

  /** @returns the number of bytes skipped: less than `count` only where the stream ends. */
  async skip(count: number): Promise<number> {
    let left = count
    while (left > 0) {
      const chunk = await this.read(left)
      if (chunk === undefined) break
      left -= chunk.length
    }
    return count - left
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    this.#ahead = []
    const source = this.#source
    this.#source = undefined
    await source?.return?.()
  }

  /** The next `count` bytes as a reader of their own; damaged when there are fewer. Use it up or skip the rest before going on. */
  part(count: number, tooShort: string): ByteReader {
    return new ByteReader((breakOff) => this.#chunksOf(count, tooShort, breakOff))
  }

  async *#chunksOf(count: number, tooShort: string, breakOff: (damage: Damage) => void): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      const chunk = await this.read(left)
      if (chunk === undefined) {
        breakOff({ message: this.damage?.message ?? tooShort, byte: count - left })
        return
      }
      left -= chunk.length
      yield chunk
    }
  }

  async #pull(): Promise<Uint8Array | undefined> {
    for (;;) {
      const next = await this.#source?.next()
      if (next === undefined || next.done === true) return undefined
      if (next.value.length > 0) return next.value
    }
  }
}
