/** What people do meanwhile: upload, rename, look, delete; and try again when the server was away. */
import { type Evidence, makeEvidence } from './evidence.ts'
import { type CaseEntry, isOf, type Ledger, type UploadEntry } from './ledger.ts'
import { beginUpload, countObjects, deleteCase, makeCase, NoAnswer, readCase, renameCase, retry } from './requests.ts'
import { UnderWay } from './under-way.ts'
import { pause, sendAll, untilAnswered, untilUnpacked } from './uploading.ts'

/** Cases that stay; older ones are deleted. */
const KEPT_CASES = 6

/** Between two uploads of a person, at most. */
const PAUSE_MS = 4000
/** So often a case gets what another one has already. */
const SHARED = 0.15

/** Counted for the report. */
const NOTHING = { cases: 0, uploads: 0, shared: 0, resumed: 0, renames: 0, deletes: 0, answers: 0, retries: 0 }

export class Activity {
  readonly done = { ...NOTHING }
  readonly underWay = new UnderWay()
  /** What was wrong although nothing had been killed at that moment. */
  readonly faults: string[] = []
  readonly #url: string
  readonly #ledger: Ledger
  #serial = 0
  #stopping = false
  readonly #running: readonly Promise<void>[]

  constructor(url: string, ledger: Ledger) {
    this.#url = url
    this.#ledger = ledger
    const people = [this.#upload, this.#upload, this.#rename, this.#delete, this.#look]
    this.#running = people.map((work) => this.#forever(work.bind(this)))
  }

  /** Finishes what is under way and begins nothing new. */
  async finish(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#running)
  }

  async #forever(work: () => Promise<void>): Promise<void> {
    while (!this.#stopping) {
      try {
        await work()
      } catch (error) {
        if (!(error instanceof NoAnswer)) this.faults.push(error instanceof Error ? error.message : String(error))
        await pause(50)
      }
    }
  }

  async #upload(): Promise<void> {
    const serial = this.#serial++
    const title = `case ${serial}`
    this.#ledger.asked.add(title)
    const id = await makeCase(this.#url, title)
    this.#ledger.asked.delete(title)
    const entry: CaseEntry = { id, title, askedTitle: title, deleted: 'no', uploads: [] }
    this.#ledger.cases.push(entry)
    this.done.cases++
    const evidence = this.#evidence(serial)
    await this.underWay.during(evidence.isPacked ? 'archives' : 'uploads', () => this.#send(entry, evidence))
    await pause(Math.random() * PAUSE_MS)
  }

  /** Mostly a new one. */
  #evidence(serial: number): Evidence {
    const [known] = pick(this.#alive())?.uploads ?? []
    if (known === undefined || Math.random() > SHARED) return makeEvidence(serial)
    this.done.shared++
    return known.evidence
  }

  async #send(entry: CaseEntry, evidence: Evidence): Promise<void> {
    const location = await untilAnswered(() => beginUpload(this.#url, entry.id, evidence.name, evidence.bytes.length))
    if (location === undefined) return
    const upload: UploadEntry = { evidence, location, acknowledged: 0, complete: false }
    entry.uploads.push(upload)
    const { resumed, faults } = await sendAll(this.#url, entry, upload)
    this.done.resumed += resumed
    this.faults.push(...faults)
    if (upload.complete) this.done.uploads++
    if (upload.complete && evidence.isPacked) await untilUnpacked(this.#url, entry, upload)
  }

  async #rename(): Promise<void> {
    const entry = pick(this.#alive())
    await pause(40)
    if (entry === undefined) return
    entry.askedTitle = `${entry.id} ${this.done.renames}`
    if ((await renameCase(this.#url, entry.id, entry.askedTitle)) === 200) entry.title = entry.askedTitle
    this.done.renames++
  }

  async #delete(): Promise<void> {
    const alive = this.#alive()
    await pause(100)
    if (alive.length <= KEPT_CASES) return
    // Some while they still upload, most when they are done.
    const entry = pick(Math.random() < 0.3 ? alive : alive.slice(0, 2))
    if (entry === undefined) return
    entry.deleted = 'asked'
    const status = await this.underWay.during('deletes', () => deleteCase(this.#url, entry.id))
    if (status !== 204) throw new Error(`a case could not be deleted: ${status}`)
    entry.deleted = 'yes'
    this.done.deletes++
  }

  async #look(): Promise<void> {
    const entry = pick(this.#alive())
    await pause(20)
    if (entry === undefined) return
    for (const artifact of (await readCase(this.#url, entry.id))?.artifacts ?? []) {
      if (artifact.state.status === 'failed') {
        await retry(this.#url, artifact.id)
        this.done.retries++
      }
      if (artifact.state.status !== 'ready') continue
      const answer = await this.underWay.during('questions', () => countObjects(this.#url, artifact.id))
      if (typeof answer !== 'number') continue
      const { nodes } = entry.uploads.find(({ evidence }) => isOf(evidence, artifact))?.evidence ?? { nodes: -1 }
      if (!this.#ledger.isRight(answer, nodes))
        this.faults.push(`${artifact.name} had ${answer} objects with ${nodes} nodes`)
      this.done.answers++
    }
  }

  #alive(): CaseEntry[] {
    return this.#ledger.cases.filter(({ deleted }) => deleted === 'no')
  }
}

function pick<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)]
}
