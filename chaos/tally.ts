/** Whom a kill met, and in the middle of what. */

/** Processes that are killed. `start`: a server that makes its first database. */
export const VICTIMS = ['server', 'analysis', 'query', 'start'] as const
export type Victim = (typeof VICTIMS)[number]

/**
 * What may be under way when a process is killed. `uploads`: of files as they are; `archives`: of packed ones, until they are
 * unpacked; `migrations`: of the database, and what an older server had left undone in it.
 */
export const ACTIVITIES = ['uploads', 'archives', 'migrations', 'analyses', 'deletes', 'questions'] as const
export type ActivityName = (typeof ACTIVITIES)[number]

export class Tally {
  readonly killed: Record<Victim, number> = { server: 0, analysis: 0, query: 0, start: 0 }
  readonly #during = new Map<string, number>()

  /** One kill counts for everything that was under way. */
  count(victim: Victim, during: readonly ActivityName[]): void {
    this.killed[victim]++
    for (const activity of during.length === 0 ? ['nothing'] : during) {
      const key = `${victim} ${activity}`
      this.#during.set(key, (this.#during.get(key) ?? 0) + 1)
    }
  }

  /** What a victim was met at least often. */
  rarest(victim: Victim, among: readonly ActivityName[]): ActivityName | undefined {
    return among.toSorted((a, b) => this.#of(victim, a) - this.#of(victim, b))[0]
  }

  print(victims: readonly Victim[]): void {
    const columns = [...ACTIVITIES, 'nothing'] as const
    console.log(['killed'.padEnd(10), 'times', ...columns.map((name) => name.padStart(10))].join(' '))
    for (const victim of victims) {
      const counts = columns.map((name) => String(this.#of(victim, name)).padStart(10))
      console.log([victim.padEnd(10), String(this.killed[victim]).padStart(5), ...counts].join(' '))
    }
  }

  #of(victim: Victim, activity: ActivityName | 'nothing'): number {
    return this.#during.get(`${victim} ${activity}`) ?? 0
  }
}
