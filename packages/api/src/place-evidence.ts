/** Places of text evidence: what the charts and tables of logs, histograms and top output store in a link. */
import { z } from 'zod'
import { EntityId } from './ids.ts'
import { integer, list, number as decimal, oneOf, optional, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: EntityId
}

const GcUnit = z.enum(['percent', 'bytes'])
/** What the generations are measured in. */
export type GcUnit = z.infer<typeof GcUnit>

export interface GcPlace extends OfArtifact {
  readonly kind: 'gc'
  /** Zoom window in the units of the log's axis; absent: everything. */
  readonly from: number | undefined
  readonly to: number | undefined
  /** Series switched off in the legend. */
  readonly hidden: readonly string[]
  /** Selected row, from 1. */
  readonly row: number | undefined
  readonly unit: GcUnit
  /** Another log of the case that is drawn over this one. */
  readonly overlay: EntityId | undefined
  /** How far the other log is moved to the right, in the units of the axis; 0: both begin together. */
  readonly shift: number
}

export type EvidencePlace = GcPlace

export function writeEvidence(place: EvidencePlace): { path: string; query: Query } {
  return {
    path: `/cases/${place.caseId}/gc/${place.artifactId}`,
    query: [
      ['from', place.from],
      ['to', place.to],
      ['hide', place.hidden],
      ['row', place.row],
      ['unit', place.unit === 'percent' ? undefined : place.unit],
      ['over', place.overlay],
      ['shift', place.shift === 0 ? undefined : place.shift],
    ],
  }
}

export function parseEvidence(view: string, of: OfArtifact, query: URLSearchParams): EvidencePlace | undefined {
  return view === 'gc' ? parseGc(of, query) : undefined
}

function parseGc(of: OfArtifact, query: URLSearchParams): GcPlace {
  const overlay = optional(EntityId, query.get('over'))
  return {
    kind: 'gc',
    ...of,
    ...parseSpan(query),
    hidden: parseHidden(query),
    row: integer(query.get('row'), 1, 2 ** 31),
    unit: oneOf(GcUnit, query.get('unit')) ?? 'percent',
    overlay: overlay === of.artifactId ? undefined : overlay,
    shift: decimal(query.get('shift')) ?? 0,
  }
}

/** A window that ends before it begins is none. */
function parseSpan(query: URLSearchParams): { from: number | undefined; to: number | undefined } {
  const from = decimal(query.get('from'))
  const to = decimal(query.get('to'))
  const ordered = from === undefined || to === undefined || from < to
  return ordered ? { from, to } : { from: undefined, to: undefined }
}

function parseHidden(query: URLSearchParams): readonly string[] {
  return list(query.get('hide'), (name) => (/^[A-Za-z0-9]{1,12}$/.test(name) ? name : undefined))
}
