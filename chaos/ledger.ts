/** What the server has acknowledged, and whether it still holds. */
import type { Evidence } from './evidence.ts'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { countObjects, listCases, offsetOf, readCase } from './requests.ts'

/** A small file in the making. */
const UNFINISHED = /\.[0-9a-f]{12}$/

export interface UploadEntry {
  readonly evidence: Evidence
  readonly location: string
  /** Bytes of which the server said that it has them. */
  acknowledged: number
  complete: boolean
}

export interface CaseEntry {
  readonly id: string
  /** The last one acknowledged, and the one asked for last: without an answer it may be either. */
  title: string
  askedTitle: string
  /** `asked`: no answer came, so it may be there or not. */
  deleted: 'no' | 'asked' | 'yes'
  readonly uploads: UploadEntry[]
}

export class Ledger {
  readonly cases: CaseEntry[] = []
  /** Titles of cases that were asked for and never acknowledged: they may be there or not. */
  readonly asked = new Set<string>()
  /** Objects of a dump that are not nodes of its list; learned from the first, the same for all. */
  #otherObjects: number | undefined

  /** Right after a start: what was acknowledged is there. @returns sentences about what is not */
  async check(url: string): Promise<string[]> {
    const faults: string[] = []
    for (const entry of this.cases.slice()) {
      // People go on meanwhile: what they ask for while this is read tells nothing.
      const before = { ...entry }
      const found = await readCase(url, entry.id)
      if (found === undefined) {
        // It stays away; looking at all that ever were would take longer and longer.
        if (entry.deleted !== 'no') this.#forget(entry)
        if (entry.deleted === 'no') faults.push(`case ${entry.id} was lost`)
        continue
      }
      if (before.deleted === 'yes') faults.push(`case ${entry.id} was deleted and is there again`)
      const titles = [before.title, before.askedTitle, entry.askedTitle]
      if (!titles.includes(found.title)) faults.push(`case ${entry.id} lost its title`)
      if (entry.deleted === 'asked') continue
      for (const upload of entry.uploads) faults.push(...(await checkUpload(url, upload)))
    }
    return faults
  }

  #forget(entry: CaseEntry): void {
    this.cases.splice(this.cases.indexOf(entry), 1)
  }

  /** At rest: takes up the cases whose making was never answered. @returns sentences about cases that nobody asked for */
  async takeUpUnanswered(url: string): Promise<string[]> {
    const faults: string[] = []
    const known = new Set(this.cases.map(({ id }) => id))
    for (const { id, title } of await listCases(url)) {
      if (known.has(id)) continue
      if (this.asked.delete(title)) this.cases.push({ id, title, askedTitle: title, deleted: 'no', uploads: [] })
      else faults.push(`case ${id}, "${title}", was never asked for`)
    }
    return faults
  }

  /** When nothing goes on any more: every complete upload is an analysed dump with the right answer. */
  async checkSettled(url: string): Promise<string[]> {
    const faults: string[] = []
    for (const entry of this.cases) {
      if (entry.deleted !== 'no') continue
      const found = await readCase(url, entry.id)
      const complete = entry.uploads.filter((upload) => upload.complete)
      if (found === undefined) faults.push(`case ${entry.id} was lost`)
      else if (found.artifacts.length !== complete.length)
        faults.push(
          `case ${entry.id} has ${found.artifacts.length} artifacts of ${complete.length} uploads: ${JSON.stringify(found)}`,
        )
      for (const artifact of found?.artifacts ?? []) {
        const { nodes } = complete.find(({ evidence }) => isOf(evidence, artifact))?.evidence ?? { nodes: -1 }
        const answer = await countObjects(url, artifact.id)
        if (typeof answer !== 'number')
          faults.push(`${artifact.name} is ${artifact.state.status}: ${answer.status} ${answer.text}`)
        else if (!this.isRight(answer, nodes)) faults.push(`${artifact.name} has ${answer} objects with ${nodes} nodes`)
      }
    }
    return faults
  }

  isRight(objects: number, nodes: number): boolean {
    this.#otherObjects ??= objects - nodes
    return objects - nodes === this.#otherObjects
  }

  /** Nothing lies on the disk that no case needs. */
  checkDisk(dataDirectory: string): string[] {
    const needed = new Set(
      this.cases
        .filter(({ deleted }) => deleted === 'no')
        .flatMap(({ uploads }) => uploads.filter(({ complete }) => complete).map(({ evidence }) => evidence.sha256)),
    )
    const names = (folder: string) => readdirSync(path.join(dataDirectory, folder))
    const faults = names('temporary').map((name) => `temporary/${name} was left`)
    for (const folder of ['blobs', 'snapshots']) {
      const left = names(folder).filter((name) => !needed.has(name.split('.')[0] ?? ''))
      faults.push(...left.map((name) => `${folder}/${name} was left`))
    }
    const manifests = new Set(this.cases.filter(({ deleted }) => deleted === 'no').map(({ id }) => `${id}.json`))
    const written = new Set(names('manifests'))
    faults.push(...[...written].filter((name) => !manifests.has(name)).map((name) => `manifests/${name} was left`))
    faults.push(...[...manifests].filter((name) => !written.has(name)).map((name) => `manifests/${name} was lost`))
    for (const folder of ['.', 'backups'])
      faults.push(...names(folder).flatMap((name) => (UNFINISHED.test(name) ? [`${folder}/${name} was left`] : [])))
    const there = new Set(names('blobs'))
    faults.push(...[...needed].filter((sha256) => !there.has(sha256)).map((sha256) => `blobs/${sha256} was lost`))
    return faults
  }
}

async function checkUpload(url: string, { location, acknowledged, complete }: UploadEntry): Promise<string[]> {
  if (complete) return []
  const offset = await offsetOf(url, location)
  // The last byte may have come in before the answer was lost; then the upload is an artifact already.
  if (offset === undefined || offset >= acknowledged) return []
  return [`upload ${location} has ${offset} bytes of the ${acknowledged} that were acknowledged`]
}

/** Names tell the uploads apart; an entry of an archive is known by the archive. */
export function isOf(
  evidence: Evidence,
  artifact: { readonly name: string; readonly archive?: string | null },
): boolean {
  return (artifact.archive ?? artifact.name).startsWith(evidence.name.split('.')[0] + '.')
}
