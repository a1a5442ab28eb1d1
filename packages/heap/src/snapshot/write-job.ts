/**
 * The large parts of a snapshot as orders that another thread can carry out while this one goes on to the next phase: plain
 * data and columns, which must stay as they are until they are written.
 */
import type { Rows } from '../graph/rows.ts'
import type { IdIndexData } from '../parse/id-index.ts'
import type { IdMap } from '../parsed-heap.ts'
import type { PackedRowsName } from './format.ts'
import type { PageWriter, WrittenSection } from './page-writer.ts'
import { RowWriter } from './row-writer.ts'
import {
  type FixedColumns,
  type ObjectsInput,
  type Positions,
  writeFixedColumns,
  writeObjects,
  writePositions,
} from './write-columns.ts'
import { writeIds } from './write-ids.ts'
import { type IncomingInput, writeIncoming } from './write-incoming.ts'

export type WriteJob =
  | { readonly kind: 'positions'; readonly positions: Positions }
  /** An IdMap only where no other thread is to have it. */
  | { readonly kind: 'ids'; readonly ids: IdIndexData | IdMap }
  | { readonly kind: 'fixed-columns'; readonly columns: FixedColumns }
  | RowsJob
  | { readonly kind: 'incoming'; readonly input: IncomingInput }
  | { readonly kind: 'objects'; readonly input: ObjectsInput }

/** Rows from … to − 1, whose first follows the last one of that name; `from` is a multiple of ROW_BLOCK. */
export interface RowsJob {
  readonly kind: 'rows'
  readonly name: 'outgoing' | PackedRowsName
  readonly rows: Rows
  readonly from: number
  readonly to: number
  /** No more rows of that name follow. */
  readonly isLast: boolean
}

/** Carries out orders in the order in which they come. */
export function jobRunner(pages: PageWriter): (job: WriteJob) => void {
  const rowWriters = new Map<RowsJob['name'], RowWriter>()
  return (job) => {
    switch (job.kind) {
      case 'positions':
        return writePositions(pages, job.positions)
      case 'ids':
        return writeIds(pages, job.ids)
      case 'fixed-columns':
        return writeFixedColumns(pages, job.columns)
      case 'rows': {
        const writer = rowWriters.get(job.name) ?? new RowWriter(pages, job.name)
        rowWriters.set(job.name, writer)
        writer.append(job.rows, job.from, job.to)
        return job.isLast ? writer.close() : undefined
      }
      case 'incoming':
        return writeIncoming(pages, job.input)
      case 'objects':
        return writeObjects(pages, job.input)
    }
  }
}

/** Another thread that writes. */
export interface WriterBeside {
  /** One number: pages of the file that are taken. Both threads count here. */
  readonly pageCounter: Int32Array
  /** Memory that it can read. */
  allocate(bytes: number): ArrayBufferLike
  start(job: WriteJob): void
  /** Everything that was started is written. @throws what went wrong there */
  settled(): Promise<void>
  /** Settled, and its sections closed. */
  finish(): Promise<readonly WrittenSection[]>
}
