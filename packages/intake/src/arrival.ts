/** A file whose bytes are still coming in, from front to back. */
export interface Arrival {
  /** Bytes that it will have in the end. */
  readonly size: number
  /**
   * Waits for the byte behind the first `bytes` ones.
   * @returns false when it will never come, because the file ends before.
   * @throws when waiting was given up.
   */
  moreThan(bytes: number): Promise<boolean>
}
