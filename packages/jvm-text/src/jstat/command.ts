/** The command that printed a log, when somebody pasted it along. */
import type { JstatCommand } from './log.ts'

const COMMAND = /\bjstat(?:\.exe)?\s+((?:-\S+\s+)*-(?:gc|class|compiler|printcompilation)\S*(?:\s.*)?)$/

/** Reads a prompt with `jstat -gcutil 13205 100 10`, or `-t 4711 1s`; undefined for other lines. */
export function readCommand(text: string, line: number): JstatCommand | undefined {
  const typed = COMMAND.exec(text)?.[1]
  if (typed === undefined) return undefined
  const [target, interval] = typed
    .replace(/[`;|&>#].*$/, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-'))
  return { line, target, intervalMilliseconds: milliseconds(interval) }
}

function milliseconds(interval = ''): number | undefined {
  const parts = /^(\d+)(ms|s)?$/.exec(interval)
  return parts === null ? undefined : Number(parts[1]) * (parts[2] === 's' ? 1000 : 1)
}
