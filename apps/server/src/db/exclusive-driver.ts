/**
 * kysely's driver for PGlite hands the same connection to everybody at once: a query issued while a
 * transaction is open would run inside it and vanish with its rollback. Here whoever holds the
 * connection holds it alone, as with a pool of one.
 */
import { PGliteDriver, type DatabaseConnection } from 'kysely'

export class ExclusiveDriver extends PGliteDriver {
  readonly #waiting: (() => void)[] = []
  #held = false

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#held = true
    return super.acquireConnection()
  }

  override async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift()
    if (next === undefined) this.#held = false
    else next()
  }
}
