/** Rows of the upload table as the API shows them. */
import type { Upload } from '@heaptrail/api/cases'
import type { UploadRow } from '../db/schema.ts'

/** What no table knows: how far the files of uploads are right now. */
export interface UploadProgress {
  receivedBytes(uploadId: string): Promise<number>
  /** 0 to 1. */
  unpackedFraction(uploadId: string): number
}

export async function toUpload(row: UploadRow, progress: UploadProgress): Promise<Upload> {
  return {
    id: row.id,
    caseId: row.case_id,
    name: row.name,
    size: row.size,
    createdAt: row.created_at,
    state: await stateOf(row, progress),
  }
}

async function stateOf(row: UploadRow, progress: UploadProgress): Promise<Upload['state']> {
  switch (row.status) {
    case 'uploading':
      return { status: 'uploading', receivedBytes: await progress.receivedBytes(row.id) }
    case 'unpacking':
      return { status: 'unpacking', fraction: progress.unpackedFraction(row.id) }
    case 'failed':
      return { status: 'failed', problem: row.problem ?? { message: 'The upload could not be read.' } }
  }
}
