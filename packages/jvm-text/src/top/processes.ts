/** Follows processes through the samples, and finds those of Java. */
import type { TopProcess, TopRow, TopSample } from './output.ts'

const JAVA_COMMAND = /(?:^|[/\\])(?:java|javaw|jsvc)(?:\.exe)?(?=\s|$)/
/** Names that HotSpot gives its own threads, cut to the 15 characters that Linux keeps. */
const JAVA_THREAD =
  /^(?:VM Thread|VM Periodic Ta|GC Thread#|GC task thread|G1 (?:Main|Conc|Refine|Service|Young)|C[12] CompilerThr|Reference Handl|Signal Dispatch|Concurrent Mark|ZWorker|XWorker|ZDirector|Shenandoah GC)/

/** What one sample says of one process. */
interface Sighting {
  readonly pid: number
  readonly command: string
  readonly user: string | undefined
  readonly isJava: boolean
  readonly virtualBytes: number
  readonly residentBytes: number
  readonly cpuPercent: number
}

/** Processes of Java first, then by the most memory they ever had. */
export function processesOf(samples: readonly TopSample[]): TopProcess[] {
  const byPid = new Map<number, { sample: number; seen: Sighting }[]>()
  samples.forEach((sample, index) => {
    const seen = sample.threads ? threadsByProcess(sample.rows) : sample.rows.map(sightingOf)
    for (const sighting of seen) {
      const list = byPid.get(sighting.pid)
      if (list === undefined) byPid.set(sighting.pid, [{ sample: index, seen: sighting }])
      // A row that is there twice in a sample says nothing new.
      else if (list.at(-1)!.sample !== index) list.push({ sample: index, seen: sighting })
    }
  })
  return [...byPid.values()]
    .map(processOf)
    .sort((a, b) => Number(b.isJava) - Number(a.isJava) || mostMemory(b) - mostMemory(a) || a.pid - b.pid)
}

function sightingOf(row: TopRow): Sighting {
  return { ...row, pid: row.id, isJava: JAVA_COMMAND.test(row.command) }
}

/**
 * Threads of one process have its virtual size and its user in common; the smallest id is that of the process, which is
 * also its first thread. Threads of the kernel have no memory and are left apart.
 */
function threadsByProcess(rows: readonly TopRow[]): Sighting[] {
  const groups = Map.groupBy(rows, ({ id, user, virtualBytes }) =>
    virtualBytes > 0 ? `${virtualBytes} ${user}` : `thread ${id}`,
  )
  return [...groups.values()].map((threads) => {
    const first = threads.reduce((least, row) => (row.id < least.id ? row : least))
    return {
      pid: first.id,
      command: first.command,
      user: first.user,
      isJava: threads.some(({ command }) => JAVA_COMMAND.test(command) || JAVA_THREAD.test(command)),
      virtualBytes: first.virtualBytes,
      residentBytes: first.residentBytes,
      cpuPercent: threads.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0),
    }
  })
}

function processOf(sightings: readonly { readonly sample: number; readonly seen: Sighting }[]): TopProcess {
  const { pid, command, user } = sightings[0]!.seen
  return {
    pid,
    command,
    user,
    isJava: sightings.some(({ seen }) => seen.isJava),
    samples: Uint32Array.from(sightings, ({ sample }) => sample),
    virtualBytes: Float64Array.from(sightings, ({ seen }) => seen.virtualBytes),
    residentBytes: Float64Array.from(sightings, ({ seen }) => seen.residentBytes),
    cpuPercent: Float64Array.from(sightings, ({ seen }) => seen.cpuPercent),
  }
}

function mostMemory({ residentBytes }: TopProcess): number {
  return residentBytes.reduce((most, bytes) => (bytes > most ? bytes : most), 0)
}
