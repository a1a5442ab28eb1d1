/** What people are in the middle of, as far as they know. */
import type { ActivityName } from './tally.ts'

export class UnderWay {
  readonly #count = new Map<ActivityName, number>()

  /** Counts `work` as under way until it ends, however it does. */
  async during<T>(activity: ActivityName, work: () => Promise<T>): Promise<T> {
    this.#add(activity, 1)
    try {
      return await work()
    } finally {
      this.#add(activity, -1)
    }
  }

  has(activity: ActivityName): boolean {
    return (this.#count.get(activity) ?? 0) > 0
  }

  #add(activity: ActivityName, by: number): void {
    this.#count.set(activity, (this.#count.get(activity) ?? 0) + by)
  }
}
