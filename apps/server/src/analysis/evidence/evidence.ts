/** Everything that can be asked of the texts of a case, and of the case as a whole; answers are as the API gives them. */
import type { FoundFindings } from '@heaptrail/api/case-findings'
import type {
  BesideDump,
  BesideDumpQuery,
  ClassGrowth,
  ClassGrowthQuery,
  ClassHistogramPage,
  ClassHistogramQuery,
  ClassHistograms,
  ClassInDumps,
} from '@heaptrail/api/class-histograms'
import type {
  JstatCsvQuery,
  JstatRows,
  JstatRowsQuery,
  JstatSeries,
  JstatSeriesQuery,
  JstatSummary,
} from '@heaptrail/api/jstat'
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import type { Timeline } from '@heaptrail/api/timeline'
import type { TopOutput } from '@heaptrail/api/top-output'
import { requireReady } from '../../cases/ready.ts'
import { ApiError } from '../../errors.ts'
import type { Texts } from '../texts/texts.ts'
import {
  type CaseEvidence,
  type EvidenceNeeds,
  type EvidencePart,
  type PartOfKind,
  createCaseEvidence,
  ofKind,
} from './case-evidence.ts'
import { artifactFindings, caseFindings } from './findings.ts'
import { type WholeDumpReader, heapGrowth } from './heap-growth.ts'
import { besideDump, classGrowth, classInDumps, classHistograms } from './histograms.ts'
import { timelineOf } from './timeline.ts'
import { topOutput } from './top.ts'

/** Every question may end in an ApiError of the catalogue. */
export interface Evidence {
  timeline(caseId: string): Promise<Timeline>
  jstatSummary(artifactId: string, part: number): Promise<JstatSummary>
  jstatSeries(artifactId: string, query: JstatSeriesQuery): Promise<JstatSeries>
  jstatRows(artifactId: string, query: JstatRowsQuery): Promise<JstatRows>
  /** Pieces of text, some thousand rows each. */
  jstatCsv(artifactId: string, query: JstatCsvQuery): Promise<AsyncIterable<string>>
  classHistograms(artifactId: string): Promise<ClassHistograms>
  classHistogram(artifactId: string, part: number, query: ClassHistogramQuery): Promise<ClassHistogramPage>
  classGrowth(caseId: string, query: ClassGrowthQuery): Promise<ClassGrowth>
  besideDump(caseId: string, query: BesideDumpQuery): Promise<BesideDump>
  classInDumps(caseId: string, name: string): Promise<ClassInDumps>
  heapGrowth(caseId: string): Promise<HeapGrowth>
  top(artifactId: string): Promise<TopOutput>
  artifactFindings(artifactId: string): Promise<FoundFindings>
  caseFindings(caseId: string): Promise<FoundFindings>
}

const CSV_ROWS = 5000

export function createEvidence(needs: EvidenceNeeds & { readonly dumps: WholeDumpReader }): Evidence {
  const { texts, blobs, artifacts, dumps } = needs
  const evidence = createCaseEvidence(needs)

  /** The artifact's parts, and its case around it. @throws ApiError `artifact-not-found`, `wrong-kind`, `not-ready` */
  async function around<Kind extends EvidencePart['kind']>(
    artifactId: string,
    kind: Kind,
  ): Promise<{ own: PartOfKind<Kind>[]; all: CaseEvidence }> {
    const row = await artifacts().row(artifactId)
    requireReady(row, kind)
    const all = await evidence.of(row.case_id)
    return { own: ofKind(all.parts, kind).filter(({ artifact }) => artifact.id === artifactId), all }
  }

  async function logAt(artifactId: string, part: number): Promise<PartOfKind<'jstat-log'>> {
    const { own } = await around(artifactId, 'jstat-log')
    const log = own.find(({ facts }) => facts.part === part)
    if (log === undefined) throw noSuchPart(own.length)
    return log
  }

  return {
    timeline: async (caseId) => timelineOf(await evidence.of(caseId)),
    ...logQuestions(texts, logAt),
    async classHistograms(artifactId) {
      const { own } = await around(artifactId, 'class-histogram')
      return classHistograms(texts, own)
    },
    async classHistogram(artifactId, part, query) {
      const { sha256 } = requireReady(await artifacts().row(artifactId), 'class-histogram')
      return texts.ask({ file: blobs.path(sha256), kind: 'class-histogram' }, 'class-histogram', { part, query })
    },
    classGrowth: async (caseId, query) => classGrowth(texts, await evidence.of(caseId), query),
    besideDump: async (caseId, query) => besideDump({ texts, dumps }, await evidence.of(caseId), query),
    classInDumps: async (caseId, name) => classInDumps(dumps, await evidence.of(caseId), name),
    heapGrowth: async (caseId) => heapGrowth(dumps, await evidence.of(caseId)),
    async top(artifactId) {
      const { own, all } = await around(artifactId, 'top-output')
      return topOutput(texts, own[0], all)
    },
    async artifactFindings(artifactId) {
      const row = await artifacts().row(artifactId)
      return artifactFindings(texts, await evidence.of(row.case_id), artifactId)
    },
    caseFindings: async (caseId) => caseFindings(texts, await evidence.of(caseId)),
  }
}

type LogPart = PartOfKind<'jstat-log'>

function logQuestions(
  texts: Texts,
  logAt: (artifactId: string, part: number) => Promise<LogPart>,
): Pick<Evidence, 'jstatSummary' | 'jstatSeries' | 'jstatRows' | 'jstatCsv'> {
  const asText = ({ file }: LogPart) => ({ file, kind: 'jstat-log' }) as const
  return {
    async jstatSummary(artifactId, part) {
      const log = await logAt(artifactId, part)
      return texts.ask(asText(log), 'jstat-summary', log.context)
    },
    async jstatSeries(artifactId, query) {
      const log = await logAt(artifactId, query.part)
      return texts.ask(asText(log), 'jstat-series', { log: log.context, query })
    },
    async jstatRows(artifactId, query) {
      const log = await logAt(artifactId, query.part)
      return texts.ask(asText(log), 'jstat-rows', { log: log.context, query })
    },
    async jstatCsv(artifactId, query) {
      const log = await logAt(artifactId, query.part)
      return pieces((offset) =>
        texts.ask(asText(log), 'jstat-csv', { log: log.context, query, offset, limit: CSV_ROWS }),
      )
    },
  }
}

async function* pieces(piece: (offset: number) => Promise<string>): AsyncGenerator<string> {
  for (let offset = 0; ; offset += CSV_ROWS) {
    const text = await piece(offset)
    if (text === '') return
    yield text
  }
}

export function noSuchPart(parts: number): ApiError {
  return new ApiError('not-found', `This text has ${parts} parts, counted from 0, and not this one.`)
}
