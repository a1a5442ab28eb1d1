/** In which order the findings of a case are told; docs/findings.md says it in words. */
import type { FoundFinding } from './case-findings.ts'
import type { Finding, Severity } from './findings.ts'
import type { HeapFinding } from './heap-findings.ts'

/** What decides about the place of a finding. */
export interface Worth {
  readonly severity: Severity
  /** A dump names who; a text shows what happens. */
  readonly from: 'dump' | 'text'
  /** In collections. */
  readonly seconds: number
  readonly bytes: number
  /** When it begins, on the time axis of the case; undefined where nobody knows. */
  readonly time: number | undefined
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info']
const SOURCES: readonly Worth['from'][] = ['dump', 'text']
/** Findings of logs to which a dump may say what holds the memory. */
const OF_FULL_HEAP: readonly Finding['id'][] = ['heap-exhausted', 'leak-trend', 'gc-overhead']

export function worthOfText({ finding, time }: FoundFinding): Worth {
  return {
    severity: finding.severity,
    from: 'text',
    seconds: secondsOf(finding),
    bytes: bytesOf(finding),
    time: time?.from,
  }
}

export function worthOfDump(finding: HeapFinding): Worth {
  return { severity: finding.severity, from: 'dump', seconds: 0, bytes: bytesIn(finding), time: undefined }
}

/** Severity, source, seconds, bytes, time; what is equal in all stays as it is. */
export function byWorth(a: Worth, b: Worth): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    SOURCES.indexOf(a.from) - SOURCES.indexOf(b.from) ||
    b.seconds - a.seconds ||
    b.bytes - a.bytes ||
    timeFirst(a.time) - timeFirst(b.time) ||
    0
  )
}

/** The log says that the heap is full, or fills. */
export function tellsOfFullHeap({ id }: Finding): boolean {
  return OF_FULL_HEAP.includes(id)
}

/** The dump says who fills it. Memory outside the heap is no part of that. */
export function tellsWhoFillsHeap(finding: HeapFinding): boolean {
  if (finding.severity === 'info' || finding.id === 'direct-memory') return false
  return finding.id !== 'netty-leak' || finding.parameters.of === 'heap'
}

/** The second of two that explain each other moves up to the first, behind it. */
export function sideBySide<T>(ordered: readonly T[], one: T | undefined, other: T | undefined): T[] {
  if (one === undefined || other === undefined) return [...ordered]
  const pair = ordered.filter((each) => each === one || each === other)
  const place = ordered.findIndex((each) => pair.includes(each))
  const rest = ordered.filter((each) => !pair.includes(each))
  return rest.toSpliced(place, 0, ...pair)
}

function timeFirst(time: number | undefined): number {
  return time ?? Number.MAX_VALUE
}

function secondsOf(finding: Finding): number {
  switch (finding.id) {
    case 'heap-exhausted':
      return finding.parameters.fullSeconds
    case 'gc-overhead':
      return finding.parameters.collectionSeconds
    case 'system-gc-storm':
      return finding.parameters.seconds ?? 0
    default:
      return 0
  }
}

function bytesOf(finding: Finding): number {
  switch (finding.id) {
    case 'classes-grow':
      return finding.parameters.bytes.to - finding.parameters.bytes.from
    case 'histogram-contents':
      return finding.parameters.bytes
    case 'process-memory':
      return finding.parameters.residentBytes
    default:
      return 0
  }
}

function bytesIn(finding: HeapFinding): number {
  switch (finding.id) {
    case 'no-suspect':
      return 0
    case 'direct-memory':
      return finding.parameters.used
    case 'netty-leak':
      return finding.parameters[finding.parameters.of].lost
    case 'netty-pool':
      return finding.parameters[finding.parameters.of].bytes
    default:
      return finding.parameters.retained
  }
}
