/** One packed file through intake: a report, and what it calls whole is what a slow reader finds too. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { IntakeLimits } from '@heaptrail/intake/limits'
import type { IntakeReport } from '@heaptrail/intake/report'
import type { ArtifactSink } from '@heaptrail/intake/sink'
import { unpack } from '@heaptrail/intake/unpack'
import { isSentence } from './sentence.ts'
import { NotSound, filesIn } from './slow-archives.ts'

export type ArchiveOutcome = 'refused' | 'partial' | 'complete' | 'checked'

const LIMITS: IntakeLimits = {
  unpackedBytes: 1 << 23,
  ratio: 1000,
  ratioFreeBytes: 1 << 20,
  entries: 200,
  layers: 5,
}

/** @param path of a file that is overwritten. */
export async function checkArchive(bytes: Uint8Array, path: string): Promise<ArchiveOutcome> {
  await writeFile(path, bytes)
  const { sink, hashes, isBalanced } = hashingSink()
  const report = await unpack({ path, name: 'input' }, sink, { limits: LIMITS })
  if (!isBalanced()) throw new Error('an artifact was neither finished nor discarded')
  expectReport(report, hashes)
  if (report.problem !== undefined) return 'refused'
  if (report.damage !== undefined || report.entries.some(({ outcome }) => outcome === 'damaged')) return 'partial'
  return compare(report, bytes) ? 'checked' : 'complete'
}

function expectReport({ entries, damage, problem }: IntakeReport, hashes: readonly string[]): void {
  const stored = entries.flatMap((entry) => (entry.outcome === 'skipped' ? [] : [entry.sha256]))
  if (stored.join() !== hashes.join()) throw new Error('the report does not tell what was stored')
  if ((problem === undefined) !== stored.length > 0)
    throw new Error('a problem is told when, and only when, nothing was stored')
  for (const entry of entries) {
    if (/[/\\\n]/.test(entry.name)) throw new Error(`hostile name ${JSON.stringify(entry.name)}`)
    if (entry.outcome === 'skipped') isSentence(entry.reason)
    if (entry.outcome === 'damaged') isSentence(entry.damage.message)
  }
  for (const text of [damage?.message, problem]) if (text !== undefined) isSentence(text)
}

/** @returns false when the slow reader does not take the archive for sound. */
function compare({ entries }: IntakeReport, bytes: Uint8Array): boolean {
  let expected: Set<string>
  try {
    expected = new Set(filesIn(Buffer.from(bytes)).map((file) => createHash('sha256').update(file).digest('hex')))
  } catch (error) {
    if (error instanceof NotSound || error instanceof RangeError) return false
    throw error
  }
  const wrong = entries.find((entry) => entry.outcome === 'stored' && !expected.has(entry.sha256))
  if (wrong !== undefined) throw new Error(`${wrong.name} has another content than the slow reader finds`)
  return true
}

function hashingSink(): { sink: ArtifactSink; hashes: string[]; isBalanced: () => boolean } {
  const hashes: string[] = []
  let open = 0
  const sink: ArtifactSink = {
    create() {
      const hash = createHash('sha256')
      open++
      return Promise.resolve({
        write: (chunk) => Promise.resolve(void hash.update(chunk)),
        finish() {
          hashes.push(hash.digest('hex'))
          open--
          return Promise.resolve()
        },
        discard: () => Promise.resolve(void open--),
      })
    },
  }
  return { sink, hashes, isBalanced: () => open === 0 }
}
