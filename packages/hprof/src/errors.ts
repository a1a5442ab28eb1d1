/** The input is at fault: what was found, what was expected, and at which byte. */
export class HprofError extends Error {
  readonly byte: number

  constructor(message: string, byte: number) {
    super(message)
    this.name = 'HprofError'
    this.byte = byte
  }
}
