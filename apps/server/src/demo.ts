/** The demo case: the files of `demo/` go the same way as everybody's uploads. */
import path from 'node:path'
import type { Artifacts } from './cases/artifacts.ts'
import type { CaseStore } from './cases/cases.ts'
import { newId } from './ids.ts'
import { listFiles } from './storage/files.ts'
import type { UploadFiles } from './uploads/upload-files.ts'
import type { Uploads } from './uploads/uploads.ts'

const FOLDER = path.resolve(import.meta.dirname, '../demo')
const TITLE = 'Demo: a push service that leaks Netty buffers'

interface DemoNeeds {
  readonly cases: CaseStore
  readonly files: UploadFiles
  readonly uploads: Uploads
  readonly artifacts: Pick<Artifacts, 'removeCase'>
}

/** @returns what makes the demo case, or finds the one that is there; its id */
export function createDemo({ cases, files, uploads, artifacts }: DemoNeeds): () => Promise<string> {
  let making: Promise<string> | undefined

  async function make(): Promise<string> {
    const existing = await cases.demo()
    if (existing !== undefined) return existing
    const caseId = await cases.create(TITLE)
    try {
      await fill(caseId)
    } catch (error) {
      await artifacts.removeCase(caseId)
      throw error
    }
    // Last, so that half a demo, after a kill or on a full disk, is never found again.
    await cases.becomeDemo(caseId)
    return caseId
  }

  async function fill(caseId: string): Promise<void> {
    for (const { name, size, path: file } of await listFiles(FOLDER)) {
      const upload = { id: newId(), caseId, name, size }
      await uploads.begin(upload)
      await files.copyFrom(file, upload.id)
      await uploads.complete(upload.id)
    }
  }

  return () => {
    // Two clicks make one case.
    making ??= make().finally(() => (making = undefined))
    return making
  }
}
