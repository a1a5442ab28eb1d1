import { PHASES, type Phase, type PhaseTiming } from '@heaptrail/heap/progress'

/** Adds up wall and CPU time by phase. Phases may take turns. */
export class PhaseClock {
  private readonly wall = new Map<Phase, number>()
  private readonly cpu = new Map<Phase, number>()
  private phase: Phase | undefined
  private wallStart = performance.now()
  private cpuStart = cpuMs()

  /** From now on time belongs to `phase`. */
  enter(phase: Phase): void {
    if (phase === this.phase) return
    this.settle()
    this.phase = phase
  }

  timings(): readonly PhaseTiming[] {
    this.settle()
    return PHASES.filter((phase) => this.wall.has(phase)).map((phase) => ({
      phase,
      wallMs: this.wall.get(phase) ?? 0,
      cpuMs: this.cpu.get(phase) ?? 0,
    }))
  }

  private settle(): void {
    const wall = performance.now()
    const cpu = cpuMs()
    if (this.phase !== undefined) {
      this.wall.set(this.phase, (this.wall.get(this.phase) ?? 0) + wall - this.wallStart)
      this.cpu.set(this.phase, (this.cpu.get(this.phase) ?? 0) + cpu - this.cpuStart)
      this.wallStart = wall
      this.cpuStart = cpu
    }
  }
}

/** CPU of all threads of this process since it started, in milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
