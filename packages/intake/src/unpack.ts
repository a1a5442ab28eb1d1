/**
 * Bytes of unknown origin → artifacts: unpacks as long as there is something packed, tells what the rest
 * is by its content, and gives what Heaptrail reads to the sink. Everything is streamed.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { ArchiveEntry } from './archive-entry.ts'
import type { Arrival } from './arrival.ts'
import { ByteReader } from './byte-reader.ts'
import { fileBytes } from './file-bytes.ts'
import { giveBack } from './give-back.ts'
import { gunzip } from './gzip.ts'
import { KIND_HEAD, type Kind, kindOf } from './kind.ts'
import { labelOf, withoutPacking } from './label.ts'
import { Budget, DEFAULT_LIMITS, type IntakeLimits, LimitReached } from './limits.ts'
import { PACKING_HEAD, packingOf } from './packing.ts'
import type { ArtifactKind, Damage, IntakeEntry, IntakeReport } from './report.ts'
import type { ArtifactSink } from './sink.ts'
import { tarEntries } from './tar.ts'
import { openZip, zipEntries } from './zip-directory.ts'
import { zipStreamEntries } from './zip-stream.ts'
import { unzstd } from './zstd.ts'

export interface IntakeInput {
  readonly path: string
  /** What people call it: the name of the file that they chose. */
  readonly name: string
  /** Given when the file is not whole yet: it is read as its bytes come in. */
  readonly arrival?: Arrival
}

export interface IntakeOptions {
  readonly limits?: IntakeLimits
  readonly signal?: AbortSignal
  /** Told often: bytes of the input read so far (never more than `total`). */
  readonly onProgress?: (read: number, total: number) => void
}

/**
 * Unpacks one file into the sink.
 * @returns what came of it; a faulty input is no exception.
 * @throws the reason of `signal`, errors of the sink, and errors of reading the file; the artifact at hand is discarded first.
 */
export async function unpack(
  input: IntakeInput,
  sink: ArtifactSink,
  options: IntakeOptions = {},
): Promise<IntakeReport> {
  const file = await open(input.path, 'r')
  try {
    const size = input.arrival?.size ?? (await file.stat()).size
    const run = new Unpacking(file, size, sink, options, input.arrival)
    return await run.all(labelOf(input.name))
  } finally {
    await file.close()
  }
}

/** Where something was found. */
interface Place {
  /** Its label; `.gz` and the like fall away with the packing. */
  readonly name: string
  /** The label before they fell away. */
  readonly packedName: string
  readonly archive: string | undefined
  /** Bytes, when that is known before it is read. */
  readonly size: number | undefined
  /** Layers of packing around it. */
  readonly layers: number
}

/** State of one call of `unpack`. */
class Unpacking {
  readonly #file: FileHandle
  readonly #size: number
  readonly #sink: ArtifactSink
  readonly #options: IntakeOptions
  readonly #arrival: Arrival | undefined
  readonly #budget: Budget
  readonly #entries: IntakeEntry[] = []
  #damage: Damage | undefined

  constructor(file: FileHandle, size: number, sink: ArtifactSink, options: IntakeOptions, arrival?: Arrival) {
    this.#file = file
    this.#size = size
    this.#sink = sink
    this.#options = options
    this.#arrival = arrival
    this.#budget = new Budget(options.limits ?? DEFAULT_LIMITS)
  }

  async all(name: string): Promise<IntakeReport> {
    const reader = new ByteReader(() => fileBytes(this.#file, 0, this.#size, this.#onRead, this.#arrival))
    try {
      await this.#take(reader, { name, packedName: name, archive: undefined, size: this.#size, layers: 0 })
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#noteDamage({ message: error.message, byte: Math.min(this.#budget.packed, this.#size) })
    } finally {
      await reader.close()
    }
    const entries = this.#entries
    const damage = this.#damage
    return { entries, damage, problem: problemOf(entries, damage) }
  }

  readonly #onRead = (bytes: number): void => {
    this.#options.signal?.throwIfAborted()
    this.#budget.addPacked(bytes, this.#size)
    this.#options.onProgress?.(Math.min(this.#budget.packed, this.#size), this.#size)
  }

  /** Takes in what stands in `reader`, whatever it is. The caller closes `reader`. */
  async #take(reader: ByteReader, place: Place): Promise<void> {
    const packing = packingOf(await reader.peek(PACKING_HEAD))
    if (packing.kind === 'none') return this.#takeArtifact(reader, place)
    if (packing.kind === 'foreign') return this.#skip(place, 'unknown', packing.reason)
    if (place.layers >= this.#budget.limits.layers) {
      return this.#skip(
        place,
        'unknown',
        `It is packed more than ${place.layers} times over: unpack it and give what is inside, or raise the limit (HEAPTRAIL_ARCHIVE_LAYERS, --unpack layers=N).`,
      )
    }
    switch (packing.kind) {
      case 'gzip':
        return this.#takeDecoded(gunzip(reader, this.#budget), place)
      case 'zstd':
        return this.#takeDecoded(unzstd(reader, this.#budget), place)
      case 'tar':
        await this.#takeEntries(tarEntries(reader, this.#noteDamage), place)
        // What is left is padding; reading it lets a packed archive check its end.
        await reader.skip(Infinity)
        if (reader.damage !== undefined) this.#noteDamage(reader.damage)
        return
      case 'zip':
        return place.layers === 0 ? this.#takeZipFile(reader, place) : this.#takeZipStream(reader, place)
    }
  }

  async #takeDecoded(decoded: ByteReader, place: Place): Promise<void> {
    try {
      await this.#take(decoded, {
        ...place,
        name: withoutPacking(place.name),
        size: undefined,
        layers: place.layers + 1,
      })
    } finally {
      await decoded.close()
    }
  }

  async #takeZipFile(reader: ByteReader, place: Place): Promise<void> {
    // Its directory is at its end.
    await this.#arrival?.moreThan(this.#size - 1)
    const zip = await openZip(this.#file)
    if (zip === undefined) return this.#takeZipStream(reader, place)
    const onDamage = (message: string) => this.#noteDamage({ message, byte: this.#size })
    await this.#takeEntries(zipEntries(zip, this.#file, this.#budget, this.#onRead, onDamage), place)
  }

  #takeZipStream(reader: ByteReader, place: Place): Promise<void> {
    return this.#takeEntries(zipStreamEntries(reader, this.#budget, this.#noteDamage), place)
  }

  async #takeEntries(entries: AsyncIterable<ArchiveEntry>, archive: Place): Promise<void> {
    const inside = archive.archive === undefined ? archive.packedName : `${archive.archive} › ${archive.packedName}`
    for await (const entry of entries) {
      this.#budget.addEntry()
      const name = labelOf(entry.name)
      const place = { name, packedName: name, archive: inside, size: entry.size, layers: archive.layers + 1 }
      if (entry.type === 'directory') this.#skip(place, 'unknown', 'It is a directory.', true)
      else if (entry.type === 'refused') this.#skip(place, 'unknown', entry.reason)
      else await this.#takeEntry(entry.content, entry.name, place)
    }
  }

  async #takeEntry(content: ByteReader, fullName: string, place: Place): Promise<void> {
    try {
      if (isMacExtra(fullName)) return this.#skip(place, 'unknown', 'It is a companion file of macOS.', true)
      await this.#take(content, place)
    } finally {
      await content.close()
    }
  }

  async #takeArtifact(reader: ByteReader, place: Place): Promise<void> {
    const head = await reader.peek(KIND_HEAD)
    const told = kindOf(head)
    if (told.kind !== 'unknown') return this.#store(reader, told.kind, place)
    const { damage } = reader
    const nothing = head.length === 0 && damage !== undefined
    const reason = nothing ? `${damage.message} Nothing of it could be unpacked: copy or pack it again.` : told.reason
    this.#skip(place, 'unknown', reason)
  }

  async #store(reader: ByteReader, kind: Exclude<Kind['kind'], 'unknown'>, place: Place): Promise<void> {
    const { name, archive, layers } = place
    const writer = await this.#sink.create({ name, archive, kind, isInput: layers === 0 })
    const hash = createHash('sha256')
    let size = 0
    try {
      for (;;) {
        const chunk = await reader.read()
        if (chunk === undefined) break
        this.#options.signal?.throwIfAborted()
        const written = writer.write(chunk)
        hash.update(chunk)
        size += chunk.length
        await written
        if (writer.keepsNothing === true) giveBack(chunk)
      }
    } catch (error) {
      await writer.discard()
      if (error instanceof LimitReached) this.#skip(place, kind, error.message)
      throw error
    }
    const sha256 = hash.digest('hex')
    const { damage } = reader
    await writer.finish({ size, sha256, damage })
    const facts = { name, archive, kind, size, sha256 }
    this.#entries.push(
      damage === undefined ? { ...facts, outcome: 'stored' } : { ...facts, outcome: 'damaged', damage },
    )
  }

  #skip(place: Place, kind: ArtifactKind, reason: string, trivial = false): void {
    const { name, archive, size } = place
    this.#entries.push({ name, archive, kind, outcome: 'skipped', size, reason, trivial })
  }

  readonly #noteDamage = (damage: Damage): void => {
    this.#damage ??= damage
  }
}

/** macOS packs a `._name` beside many files, and zips carry a folder of them. */
function isMacExtra(name: string): boolean {
  return name.startsWith('__MACOSX/') || /(?:^|\/)(?:\._[^/]*|\.DS_Store)$/.test(name)
}

function problemOf(entries: readonly IntakeEntry[], damage: Damage | undefined): string | undefined {
  const skipped = entries.filter((entry) => entry.outcome === 'skipped')
  if (skipped.length < entries.length) return undefined
  const telling = skipped.filter((entry) => !entry.trivial)
  if (telling.length === 1 && damage === undefined) {
    const [{ archive, name, reason }] = telling
    return archive === undefined ? reason : `The archive holds nothing that Heaptrail reads. ${name}: ${reason}`
  }
  if (damage !== undefined) return damage.message
  return telling.length === 0
    ? 'The archive is empty.'
    : `The archive holds nothing that Heaptrail reads: ${telling.length} files, none of them a heap dump (HPROF), jstat log, class histogram or top output.`
}
