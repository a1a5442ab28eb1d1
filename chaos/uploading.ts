/** One upload that gets through, whatever is killed meanwhile. */
import { type CaseEntry, isOf, type UploadEntry } from './ledger.ts'
import { NoAnswer, offsetOf, readCase, sendBytes } from './requests.ts'

const CHUNKS = 4

export interface UploadOutcome {
  /** How often it had to go on after a connection was lost. */
  readonly resumed: number
  readonly faults: readonly string[]
}

/** In chunks, going on after every kill where the server says that it is; until all of it is there, or its case is deleted. */
export async function sendAll(url: string, entry: CaseEntry, upload: UploadEntry): Promise<UploadOutcome> {
  const { bytes } = upload.evidence
  const step = Math.ceil(bytes.length / CHUNKS)
  const faults: string[] = []
  let resumed = 0
  while (upload.acknowledged < bytes.length && entry.deleted === 'no') {
    const { acknowledged: offset } = upload
    const answered = await sendBytes(url, upload.location, offset, bytes.subarray(offset, offset + step)).catch(
      orNoAnswer,
    )
    if (answered === 'no answer') resumed++
    const known = typeof answered === 'number' ? answered : await knownBytes(url, entry, upload)
    if (known === undefined) {
      if (entry.deleted === 'no') faults.push(`upload ${upload.location} was lost`)
      break
    }
    if (known < upload.acknowledged) faults.push(`upload ${upload.location} lost bytes`)
    upload.acknowledged = known
  }
  upload.complete = upload.acknowledged === bytes.length
  return { resumed, faults }
}

/** @returns all of them when it was taken in meanwhile; undefined when nobody knows it */
async function knownBytes(url: string, entry: CaseEntry, upload: UploadEntry): Promise<number | undefined> {
  await pause(50)
  const known = await untilAnswered(() => offsetOf(url, upload.location))
  if (known !== undefined) return known
  return (await isTakenIn(url, entry, upload)) ? upload.evidence.bytes.length : undefined
}

/** Until its archive is unpacked, or its case deleted. */
export async function untilUnpacked(url: string, entry: CaseEntry, { location }: UploadEntry): Promise<void> {
  while (entry.deleted === 'no') {
    const found = await untilAnswered(() => readCase(url, entry.id))
    if (!found?.uploads.some(({ id, state }) => location.endsWith(id) && state.status !== 'failed')) return
    await pause(100)
  }
}

async function isTakenIn(url: string, entry: CaseEntry, { evidence, location }: UploadEntry): Promise<boolean> {
  const found = await untilAnswered(() => readCase(url, entry.id))
  const isUnpacking = found?.uploads.some(({ id, state }) => location.endsWith(id) && state.status === 'unpacking')
  return isUnpacking === true || found?.artifacts.some((artifact) => isOf(evidence, artifact)) === true
}

function orNoAnswer(error: unknown): 'no answer' {
  if (error instanceof NoAnswer) return 'no answer'
  throw error
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The server comes back sooner or later. */
export async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      await pause(50)
    }
  }
}
