/** What every answer about a log is made from. */
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { type Capacities, heapOf, spacesOf } from '@heaptrail/jvm-text/jstat/spaces'
import { stepsOf } from '@heaptrail/jvm-text/jstat/steps'
import { floorsOfLog } from './floors-of-log.ts'

/** Everything that is derived from a log and does not depend on a window. */
export function figuresOf(log: JstatLog, capacities: Capacities) {
  const spaces = spacesOf(log, capacities)
  return {
    spaces,
    heap: heapOf(spaces),
    steps: stepsOf(log, spaces),
    floors: floorsOfLog(log, spaces.get('O')?.percent),
  }
}
