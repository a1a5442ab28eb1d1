import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import type { Phase } from '@heaptrail/heap/progress'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { AnalysisError, analyse } from './analyse.ts'
import { openFileSource } from './file-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-analyse-'))
const dumpPath = join(folder, 'dump.hprof')
const snapshotPath = join(folder, 'dump.snapshot')
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  rmSync(snapshotPath, { force: true })
  writeFileSync(dumpPath, heapFromText('root -> A\nA -> B C\nB -> D\nC -> D').bytes)
})

async function failure(options: Partial<Parameters<typeof analyse>[0]> = {}): Promise<AnalysisError> {
  const outcome: unknown = await analyse({ dumpPath, snapshotPath, ...options }).catch((error: unknown) => error)
  if (outcome instanceof AnalysisError) return outcome
  throw new Error('the analysis did not fail')
}

describe('analyse', () => {
  test('writes a snapshot and tells what it cost', async () => {
    const phases = new Set<Phase>()
    const result = await analyse({ dumpPath, snapshotPath, threads: 2, onProgress: (phase) => phases.add(phase) })
    const source = openFileSource(snapshotPath)
    const snapshot = openSnapshot(source)
    expect(snapshot.meta.reachable).toEqual(result.meta.reachable)
    expect(source.size).toBe(result.snapshotBytes)
    source.close()
    expect(result.meta.reachable.objects).toBeGreaterThan(4)
    expect([...phases]).toEqual(expect.arrayContaining(['scan', 'index-objects', 'write-snapshot']))
    expect(result.timings.map(({ phase }) => phase)).toContain('read-references')
    expect(result.peakMemoryBytes).toBeGreaterThan(10 << 20)
    expect(result.cpuMs).toBeGreaterThan(0)
    expect(readdirSync(folder).toSorted()).toEqual(['dump.hprof', 'dump.snapshot'])
  })

  test('a file that is no dump is the fault of the input, with a sentence and a byte', async () => {
    writeFileSync(dumpPath, 'JAVA PROFILE 1.0.2\0')
    const { kind, message, byte } = await failure()
    expect({ kind, message, byte }).toEqual({
      kind: 'input',
      message: expect.stringMatching(/^The file ends after 19 bytes, inside the header/) as string,
      byte: 19,
    })
    expect(readdirSync(folder)).toEqual(['dump.hprof'])
  })

  test('a dump that is not there is no crash of the caller', async () => {
    expect(await failure({ dumpPath: join(folder, 'missing.hprof') })).toMatchObject({ kind: 'crash' })
  })

  test('cancelled before or while it runs, it leaves nothing behind', async () => {
    expect(await failure({ signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled' })
    const abort = new AbortController()
    const cancelled = failure({ signal: abort.signal, onProgress: () => abort.abort() })
    expect(await cancelled).toMatchObject({ kind: 'cancelled' })
    expect(readdirSync(folder)).toEqual(['dump.hprof'])
  })

  test('an analysis that fails leaves the snapshot that was there', async () => {
    await analyse({ dumpPath, snapshotPath })
    writeFileSync(dumpPath, 'no dump')
    await failure()
    expect(readdirSync(folder).toSorted()).toEqual(['dump.hprof', 'dump.snapshot'])
  })
})
