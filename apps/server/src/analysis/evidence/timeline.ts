/** All evidence of a case on one time axis. */
import type { Timeline, TimelineItem } from '@heaptrail/api/timeline'
import type { CaseEvidence, EvidencePart } from './case-evidence.ts'

export function timelineOf({ parts, pending }: CaseEvidence): Timeline {
  const items = parts.map(itemOf).sort((a, b) => a.time.from - b.time.from || a.time.to - b.time.to)
  const ends = items.map(({ time }) => time.to)
  return {
    items,
    from: items[0]?.time.from ?? 0,
    to: ends.reduce((last, end) => Math.max(last, end), items[0]?.time.to ?? 0),
    shows: items.some(({ time }) => time.source !== 'guessed') ? 'dates' : 'elapsed',
    pending: [...pending],
  }
}

function itemOf(evidence: EvidencePart): TimelineItem {
  const { artifact, time, reading } = evidence
  const shared = { artifactId: artifact.id, name: artifact.name, time, reading: reading ?? null }
  switch (evidence.kind) {
    case 'jstat-log': {
      const { part, option, collector, axis, rows, columns, firstLine, lastLine, target, prefix } = evidence.facts
      return {
        kind: 'jstat-log',
        ...shared,
        part,
        option,
        collector,
        axis,
        rows,
        columns: [...columns],
        firstLine,
        lastLine,
        target: target ?? null,
        prefix,
      }
    }
    case 'class-histogram': {
      const { part, line, classes, instances, bytes, counted, pid } = evidence.facts.printed
      return { kind: 'class-histogram', ...shared, part, line, classes, instances, bytes, counted, pid }
    }
    case 'top-output': {
      const { samples, java } = evidence.facts
      return { kind: 'top-output', ...shared, part: 0, samples, java: [...java] }
    }
    case 'heap-dump':
      return { kind: 'heap-dump', ...shared, part: 0, bytes: artifact.size }
  }
}
